import { queryOptions } from '@tanstack/react-query';
import { api } from './api';

/** All projects of this server. */
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => api.listProjects(signal),
});

/** One project with the state of its stages. Everything below it shares the start of its key. */
export function projectQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId],
    queryFn: ({ signal }) => api.getProject(projectId, signal),
  });
}
