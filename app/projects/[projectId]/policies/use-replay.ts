'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { askCostWorker, type ReplaySource } from '@/app/_queries/cost-worker-client';
import { quiet } from '@/app/_queries/quiet';
import type { PolicyList } from '@/lib/cost/policies/policy';
import type { ReplayOutcome } from '@/lib/cost/replay/replay-outcome';

/** Quiet time before intervals are drawn, so that a moving lever draws them once. */
const quietMs = 150;

const resamples = 1_000;
const seed = 1;

const common = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 20_000,
  placeholderData: keepPreviousData,
  structuralSharing: false,
  retry: false,
} as const;

/** What the levers can be set to for these sessions. */
export function usePolicyBasis(replaySet: ReplaySource | undefined) {
  return useQuery({
    ...common,
    queryKey: ['replay', replaySet?.source, 'basis'],
    queryFn: ({ signal }) => {
      if (replaySet === undefined) throw new TypeError('There are no sessions yet.');
      const question = { kind: 'basis', source: replaySet.source } as const;
      return askCostWorker('quick', { question, sources: [replaySet] }, signal);
    },
    enabled: replaySet !== undefined,
  });
}

/** An answer of the replay, and how far it has come. */
export interface Replay {
  readonly outcome: ReplayOutcome | undefined;
  /** The newest intervals; of an earlier question while `isDrawing`. */
  readonly intervals: ReplayOutcome | undefined;
  readonly isStale: boolean; //    the outcome is that of an earlier question
  readonly isDrawing: boolean; //  intervals of this question are on their way
  readonly error: Error | null;
}

/**
 * Replays the sessions under some policies in this browser: the answer at once, its intervals once
 * the levers rest.
 */
export function useReplay(replaySet: ReplaySource | undefined, policies: PolicyList): Replay {
  const ask = (pace: 'quick' | 'thorough', drawn: number, signal: AbortSignal) => {
    if (replaySet === undefined) throw new TypeError('There are no sessions yet.');
    const side = { source: replaySet.source, policies };
    const question = { kind: 'replay', side, resamples: drawn, seed } as const;
    return askCostWorker(pace, { question, sources: [replaySet] }, signal);
  };
  const key = ['replay', replaySet?.source, policies] as const;
  const quick = useQuery({
    ...common,
    queryKey: [...key, 'quick'],
    queryFn: ({ signal }) => ask('quick', 0, signal),
    enabled: replaySet !== undefined,
  });
  const thorough = useQuery({
    ...common,
    queryKey: [...key, 'thorough'],
    queryFn: async ({ signal }) => {
      await quiet(quietMs, signal);
      return ask('thorough', resamples, signal);
    },
    enabled: replaySet !== undefined,
  });
  const isDrawn = thorough.data !== undefined && !thorough.isPlaceholderData;
  return {
    outcome: isDrawn ? thorough.data : quick.data,
    intervals: thorough.data,
    isStale: !isDrawn && quick.isPlaceholderData,
    isDrawing: !isDrawn && thorough.error === null,
    error: quick.error ?? thorough.error,
  };
}
