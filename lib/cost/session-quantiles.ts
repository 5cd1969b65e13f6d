import { bootstrapClusters, percentileInterval } from '../stats/bootstrap';
import { quantileOfCounts, quantileSorted, sortAscending } from '../stats/quantile';
import type { SessionQuantiles } from './cost-model';

/** Below this many sessions a percentile bootstrap is too narrow to be shown. */
export const minBootstrapSessions = 20;

/** How an interval is drawn. */
export interface BootstrapOptions {
  readonly seed: number;
  readonly resamples: number;
}

/**
 * Quantiles and mean of one quantity over sessions, with bootstrap intervals over sessions.
 *
 * @param values one per session; NaN where a session has none
 * @returns the unit of the values; null when no session has a value
 */
export function summarizeSessions(
  values: Float64Array,
  options: BootstrapOptions,
): SessionQuantiles | null {
  const sorted = sortAscending(values);
  const n = sorted.length;
  if (n === 0) return null;
  let sum = 0;
  for (const value of sorted) sum += value;
  const summary = {
    p50: quantileSorted(sorted, 0.5),
    p90: quantileSorted(sorted, 0.9),
    p95: quantileSorted(sorted, 0.95),
    p99: quantileSorted(sorted, 0.99),
    mean: sum / n,
  };
  if (n < minBootstrapSessions) return { ...summary, p95Interval95: null, meanInterval95: null };

  const meanOfCounts = (counts: Uint32Array) => {
    let total = 0;
    for (let i = 0; i < n; i++) total += counts[i] * sorted[i];
    return total / n;
  };
  const [p95, mean] = bootstrapClusters(
    [(counts) => quantileOfCounts(sorted, counts, 0.95), meanOfCounts],
    { clusters: n, ...options },
  );
  return {
    ...summary,
    p95Interval95: percentileInterval(p95),
    meanInterval95: percentileInterval(mean),
  };
}
