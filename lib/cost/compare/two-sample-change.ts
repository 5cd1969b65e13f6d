import { bootstrapClusters, percentileInterval } from '../../stats/bootstrap';
import { quantileOfCounts, quantileSorted, sortAscending } from '../../stats/quantile';
import type { ChangeOverSessions } from '../replay/paired-change';
import { type BootstrapOptions, minBootstrapSessions } from '../session-quantiles';

interface Statistic {
  readonly of: (sorted: Float64Array) => number;
  readonly ofCounts: (sorted: Float64Array, counts: Uint32Array) => number;
}

const quantileStatistic = (probability: number): Statistic => ({
  of: (sorted) => quantileSorted(sorted, probability),
  ofCounts: (sorted, counts) => quantileOfCounts(sorted, counts, probability),
});

const statistics = {
  mean: { of: meanOf, ofCounts: meanOfCounts },
  p50: quantileStatistic(0.5),
  p95: quantileStatistic(0.95),
} as const satisfies Record<keyof ChangeOverSessions, Statistic>;

/**
 * Compares one quantity per session between two different groups of sessions.
 *
 * Intervals of the differences are percentile intervals at 95 % of a two-sample bootstrap: each
 * group is drawn again by itself. Null below 20 sessions on either side, or without resamples.
 *
 * @param a one number per session; NaN where it has none, and then it is left out
 * @returns null when a group has no number
 * @see Efron and Tibshirani, An Introduction to the Bootstrap (1993), §8.3
 */
export function compareGroups(
  a: Float64Array,
  b: Float64Array,
  options: BootstrapOptions & { readonly unit: number },
): ChangeOverSessions | null {
  const first = sortAscending(a).map((one) => one / options.unit);
  const second = sortAscending(b).map((one) => one / options.unit);
  if (first.length === 0 || second.length === 0) return null;
  const isDrawn =
    options.resamples > 0 && Math.min(first.length, second.length) >= minBootstrapSessions;
  const drawnFirst = isDrawn ? drawStatistics(first, options) : null;
  // Groups of one size would draw the same places from one seed.
  const drawnSecond = isDrawn
    ? drawStatistics(second, { ...options, seed: options.seed + 1 })
    : null;
  const change = (name: keyof ChangeOverSessions) => {
    const today = statistics[name].of(first);
    const changed = statistics[name].of(second);
    const interval95 =
      drawnFirst === null || drawnSecond === null
        ? null
        : percentileInterval(drawnSecond[name].map((value, i) => value - drawnFirst[name][i]));
    return { today, changed, difference: changed - today, interval95 };
  };
  return { mean: change('mean'), p50: change('p50'), p95: change('p95') };
}

function drawStatistics(sorted: Float64Array, options: BootstrapOptions) {
  const [mean, p50, p95] = bootstrapClusters(
    [
      (counts) => statistics.mean.ofCounts(sorted, counts),
      (counts) => statistics.p50.ofCounts(sorted, counts),
      (counts) => statistics.p95.ofCounts(sorted, counts),
    ],
    { clusters: sorted.length, seed: options.seed, resamples: options.resamples },
  );
  return { mean, p50, p95 };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function meanOfCounts(values: Float64Array, counts: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += counts[i] * values[i];
  return sum / values.length;
}
