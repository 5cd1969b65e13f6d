import type { SimulationRun } from '@/simulations/simulation-run';
import type { Backtest } from '../cost/backtest/backtest';
import type { CostModel } from '../cost/cost-model';
import { formatUtcDate } from '../format';
import type { Assessment } from '../readiness/assessment';
import type { SystemDescription } from '../system/system-description';
import type { FrozenAnatomy } from './frozen-anatomy';
import type { FrozenForecast } from './frozen-forecast';
import type { FrozenPrices } from './frozen-prices';
import { type DataQuality, Report } from './report';

/** What a report freezes. */
export interface ReportParts {
  readonly reportId: string;
  readonly projectName: string;
  /** Left out: the project's name and the day. */
  readonly title?: string | undefined;
  readonly createdAt: Date;
  readonly appVersion: string;
  readonly system: SystemDescription;
  readonly dataQuality: DataQuality;
  readonly cost: CostModel | null;
  readonly listCostUsdMax?: number | null;
  readonly prices?: FrozenPrices;
  readonly anatomy?: FrozenAnatomy | null;
  readonly forecast?: FrozenForecast | null;
  readonly backtest?: Backtest | null;
  readonly run: SimulationRun | null;
  /** A stale run decided nothing in the assessment, so that the report does not show it. */
  readonly isRunStale: boolean;
  readonly assessment: Assessment;
}

/**
 * Freezes evidence and assessment as a report that shares no object with its parts.
 *
 * @throws ZodError when a part is not what its schema says, a number that is not finite included
 */
export function buildReport(parts: ReportParts): Report {
  const { createdAt, run, isRunStale, title, ...rest } = parts;
  return structuredClone(
    Report.parse({
      ...rest,
      schemaVersion: 1,
      title: title ?? `${parts.projectName}, ${formatUtcDate(createdAt.getTime())}`,
      createdAt: createdAt.toISOString(),
      simulation: isRunStale ? null : run,
    }),
  );
}
