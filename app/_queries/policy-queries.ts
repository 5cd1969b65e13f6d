import { queryOptions } from '@tanstack/react-query';
import { api } from './api';

/** Named policy sets of a project. */
export function policySetsQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'policy-sets'],
    queryFn: ({ signal }) => api.listPolicySets(projectId, signal),
  });
}

/**
 * The sessions of a project, or of one of its imports, as a worker of this browser replays them.
 *
 * Bytes are kept for as long as a page needs them and a little longer.
 */
export function replaySetQuery(projectId: string, importId: string | null) {
  return queryOptions({
    queryKey: ['project', projectId, 'replay-set', importId],
    queryFn: async ({ signal }) => {
      const { bytes, inputHash } = await api.getReplaySet(projectId, importId, signal);
      return { source: `${importId ?? 'all'}:${inputHash}`, bytes };
    },
    staleTime: 60_000,
    gcTime: 120_000,
    structuralSharing: false,
  });
}
