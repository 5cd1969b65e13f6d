import { z } from 'zod';
import { SimulationRun } from '@/simulations/simulation-run';
import { Backtest } from '../cost/backtest/backtest';
import { CostModel } from '../cost/cost-model';
import { Assessment } from '../readiness/assessment';
import { SystemDescription } from '../system/system-description';
import { FrozenAnatomy } from './frozen-anatomy';
import { FrozenForecast } from './frozen-forecast';
import { FrozenPrices } from './frozen-prices';

/** What was read, for the data-quality strip of a report. */
export const DataQuality = z.object({
  imports: z.array(
    z.object({
      importId: z.string(),
      label: z.string(),
      format: z.string(),
      sha256: z.string(), //             of the concatenated file hashes
      files: z.int(),
      bytes: z.number(),
      records: z.int(),
      finishedAt: z.iso.datetime(),
    }),
  ),
  sessions: z.int(),
  modelCalls: z.int(),
  unpricedCalls: z.int(),
  usageMissingCalls: z.int(),
  duplicatesDropped: z.int(),
  issues: z.int(),
  firstCallAt: z.iso.datetime().nullable(),
  lastCallAt: z.iso.datetime().nullable(),
});
export type DataQuality = z.infer<typeof DataQuality>;

/** A frozen snapshot: everything the page shows, and nothing that has to be computed again. */
export const Report = z.object({
  schemaVersion: z.literal(1),
  reportId: z.string(),
  projectName: z.string(),
  title: z.string(),
  createdAt: z.iso.datetime(),
  appVersion: z.string(),
  system: SystemDescription,
  dataQuality: DataQuality,
  cost: CostModel.nullable(),
  /** With cache writes of unknown time to live at the price of an hour; absent in earlier reports. */
  listCostUsdMax: z.number().nullable().optional(),
  /** Absent in reports from before they were kept. */
  prices: FrozenPrices.optional(),
  /** What the cost is made of; absent in earlier reports. */
  anatomy: FrozenAnatomy.nullable().optional(),
  /** What the saved plan costs; null where none is saved, absent in earlier reports. */
  forecast: FrozenForecast.nullable().optional(),
  /** How far off forecasts would have been, without single sessions; absent in earlier reports. */
  backtest: Backtest.nullable().optional(),
  simulation: SimulationRun.nullable(),
  assessment: Assessment,
});
export type Report = z.infer<typeof Report>;
