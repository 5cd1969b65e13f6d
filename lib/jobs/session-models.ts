import { fitCostAnatomy } from '../cost/anatomy/fit-cost-anatomy';
import { runBacktest } from '../cost/backtest/run-backtest';
import { type FitCostModelOptions, fitCostModel } from '../cost/fit-cost-model';
import { fitGrowthModel } from '../cost/growth/fit-growth-model';
import { measureTraceQuantities } from '../cost/infrastructure/measure-trace-quantities';
import type { PriceBook } from '../cost/price-book';
import type { SessionSet } from '../sessions/session';

/** Seed of every bootstrap and draw of a stored model. */
const seed = 1;

/** What a model is computed from besides the sessions. */
export interface ModelInputs {
  readonly book: PriceBook;
  readonly exact?: FitCostModelOptions['exact'];
}

/** The models that are computed from the sessions of a project in a thread of their own. */
export const sessionModels = {
  cost: (set: SessionSet, { book, exact }: ModelInputs): unknown =>
    fitCostModel(set, { seed, book, ...(exact === undefined ? {} : { exact }) }),
  anatomy: (set: SessionSet, { book }: ModelInputs): unknown => fitCostAnatomy(set, book),
  growth: (set: SessionSet, { book }: ModelInputs): unknown => fitGrowthModel(set, { seed, book }),
  backtest: (set: SessionSet): unknown => runBacktest(set, { seed }),
  quantities: (set: SessionSet): unknown => measureTraceQuantities(set),
} as const;

/** Names of the models, as they are stored. */
export type SessionModelKind = keyof typeof sessionModels;
