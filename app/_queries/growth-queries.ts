import { queryOptions } from '@tanstack/react-query';
import { api } from './api';

/** How the cost of a project's sessions grows with their history. */
export function costGrowthQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'cost', 'growth'],
    queryFn: ({ signal }) => api.getCostGrowth(projectId, signal),
  });
}
