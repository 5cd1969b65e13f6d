import { queryOptions } from '@tanstack/react-query';
import { api } from './api';

/** How far off forecasts would have been on a project's own sessions. */
export function backtestQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'backtest'],
    queryFn: ({ signal }) => api.getBacktest(projectId, signal),
  });
}
