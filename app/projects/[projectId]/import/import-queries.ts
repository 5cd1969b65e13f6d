import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from '@/app/_queries/api';
import type { ImportState, ImportStatus } from '@/lib/contracts/import';

/** Whether an import has come to its end, one way or another. */
export function isTerminal(status: ImportStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

/** All imports of a project, the newest first; read again while one of them is under way. */
export function importsQuery(projectId: string, queryClient: QueryClient) {
  const queryKey = ['project', projectId, 'imports'] as const;
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }) => {
      const before = queryClient.getQueryData<readonly ImportState[]>(queryKey);
      const { imports } = await api.listImports(projectId, signal);
      const hasEnded = before?.some(
        (old) =>
          !isTerminal(old.status) &&
          imports.some((now) => now.importId === old.importId && isTerminal(now.status)),
      );
      if (hasEnded === true) forgetWhatImportsFeed(projectId, queryClient);
      return imports.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
    },
    refetchInterval: ({ state }) =>
      state.data?.some((entry) => isUnderWay(entry.status)) === true ? 500 : false,
  });
}

/** Everything of a project that rests on its imports is read again when next looked at. */
function forgetWhatImportsFeed(projectId: string, queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: ['projects'] });
  void queryClient.invalidateQueries({
    queryKey: ['project', projectId],
    predicate: (query) => query.queryKey[2] !== 'imports',
  });
}

function isUnderWay(status: ImportStatus): boolean {
  return status === 'queued' || status === 'running' || status === 'finishing';
}
