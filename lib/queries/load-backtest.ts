import type { BacktestResponse } from '../contracts/backtest';
import { Backtest } from '../cost/backtest/backtest';
import { loadModel } from './load-model';

/** How far off forecasts would have been on the sessions of a project. */
export async function loadBacktest(projectId: string): Promise<BacktestResponse> {
  const { model, inputHash } = await loadModel(projectId, {
    kind: 'backtest',
    schema: Backtest,
    modelVersion: 2,
  });
  return { model, inputHash };
}
