import { BacktestResponse } from '../../contracts/backtest';
import { projectPath, type Send } from '../api-send';

/** Calls of the API about how far off forecasts would have been. */
export const backtestCalls = (send: Send) => ({
  getBacktest: (projectId: string, signal?: AbortSignal) =>
    send(BacktestResponse, 'GET', `${projectPath(projectId)}/backtest`, undefined, signal),
});
