import type { ObservedConcurrency } from './arrival-fit';

/**
 * Counts the sessions in progress at once. A session is in progress from its start up to but not
 * including its end, and at its start even where it takes no time.
 *
 * @param startMs first call of each session; NaN where not known
 * @param endMs last end of each, in the same order; sessions without both, or that end before they
 *   start, are left out
 * @returns null where no session is left
 */
export function measureConcurrency(
  startMs: Float64Array,
  endMs: Float64Array,
): ObservedConcurrency | null {
  const isKnown = (i: number) => Number.isFinite(startMs[i]) && endMs[i] >= startMs[i];
  const starts = startMs.filter((_, i) => isKnown(i)).sort();
  const ends = endMs.filter((_, i) => isKnown(i)).sort();
  if (starts.length === 0) return null;
  let peak = 1;
  let ended = 0;
  let totalMs = 0;
  for (let i = 0; i < starts.length; i++) {
    while (ends[ended] <= starts[i]) ended += 1;
    peak = Math.max(peak, i + 1 - ended);
    totalMs += ends[i] - starts[i];
  }
  const spanMs = ends[ends.length - 1] - starts[0];
  return { mean: spanMs > 0 ? totalMs / spanMs : null, peak };
}
