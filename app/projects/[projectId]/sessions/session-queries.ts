import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/app/_queries/api';
import type { SessionQuery } from '@/lib/contracts/session';

const pageLength = 200;

/** Sessions of a project, page by page, in the order of the server. */
export function sessionsQuery(
  projectId: string,
  query: Pick<SessionQuery, 'q' | 'sort' | 'order'>,
) {
  return infiniteQueryOptions({
    queryKey: ['project', projectId, 'sessions', query],
    queryFn: ({ pageParam, signal }) =>
      api.listSessions(projectId, { ...query, offset: pageParam, limit: pageLength }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, page) => sum + page.rows.length, 0);
      return last.rows.length === 0 || loaded >= last.total ? null : loaded;
    },
    placeholderData: keepPreviousData,
  });
}

/** The dearest session of a project, for the finding of the page. */
export function dearestQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'sessions', 'dearest'],
    queryFn: ({ signal }) =>
      api.listSessions(projectId, { sort: 'cost', order: 'desc', limit: 1 }, signal),
  });
}

/** One session with its calls. */
export function sessionQuery(projectId: string, sessionId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'session', sessionId],
    queryFn: ({ signal }) => api.getSession(projectId, sessionId, signal),
  });
}
