import { z } from 'zod';
import { Backtest } from '../cost/backtest/backtest';

/** How far off forecasts would have been on a project's own sessions; null: no completed import. */
export const BacktestResponse = z.object({
  model: Backtest.nullable(),
  inputHash: z.string(), //               of imports, price book and code version
});
export type BacktestResponse = z.infer<typeof BacktestResponse>;
