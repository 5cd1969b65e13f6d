'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { askCostWorker, type CostWorkerPace } from '@/app/_queries/cost-worker-client';
import { replaySetQuery } from '@/app/_queries/policy-queries';
import type { Comparison } from '@/lib/cost/cost-worker-messages';
import type { CompareSide } from './compare-side';

const resamples = 1_000;
const seed = 1;

const common = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 20_000,
  placeholderData: keepPreviousData,
  structuralSharing: false,
  retry: false,
} as const;

/** An answer of the comparison, and how far it has come. */
export interface ComparisonAnswer {
  readonly comparison: Comparison | undefined;
  /** The newest with intervals; of earlier sides while `isDrawing`. */
  readonly drawn: Comparison | undefined;
  readonly isStale: boolean;
  readonly isDrawing: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Compares two sides in this browser: figures at once, intervals after them. */
export function useComparison(
  projectId: string,
  a: CompareSide,
  b: CompareSide,
  isEnabled: boolean,
): ComparisonAnswer {
  const setA = useQuery({ ...replaySetQuery(projectId, a.importId), enabled: isEnabled });
  const setB = useQuery({ ...replaySetQuery(projectId, b.importId), enabled: isEnabled });
  const sources =
    setA.data === undefined || setB.data === undefined ? null : [setA.data, setB.data];
  const sideOf = (index: number, { policies }: CompareSide) => ({
    source: sources?.[index]?.source ?? '',
    policies,
  });
  const sides = { a: sideOf(0, a), b: sideOf(1, b) };
  const ask = (pace: CostWorkerPace, drawn: number, signal: AbortSignal) => {
    const question = { kind: 'compare', ...sides, resamples: drawn, seed } as const;
    return askCostWorker(pace, { question, sources: sources ?? [] }, signal);
  };
  const quick = useQuery({
    ...common,
    queryKey: ['compare', sides, 'quick'],
    queryFn: ({ signal }) => ask('quick', 0, signal),
    enabled: sources !== null,
  });
  const thorough = useQuery({
    ...common,
    queryKey: ['compare', sides, 'thorough'],
    queryFn: ({ signal }) => ask('thorough', resamples, signal),
    enabled: sources !== null,
  });
  const isDrawn = thorough.data !== undefined && !thorough.isPlaceholderData;
  const failed = [setA, setB, quick, thorough].find(({ error }) => error !== null);
  return {
    comparison: isDrawn ? thorough.data : quick.data,
    drawn: thorough.data,
    isStale: sources === null || (!isDrawn && quick.isPlaceholderData),
    isDrawing: !isDrawn && failed === undefined,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}
