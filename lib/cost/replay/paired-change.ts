import { bootstrapClusters, percentileInterval } from '../../stats/bootstrap';
import { quantileOfCounts, quantileSorted } from '../../stats/quantile';
import { type BootstrapOptions, minBootstrapSessions } from '../session-quantiles';
import type { ReplayChange } from './replay-outcome';

/** The same sessions on both sides, in one order. */
interface Pairs {
  readonly today: Float64Array;
  readonly changed: Float64Array;
}

/** Changes of the mean and of two quantiles over sessions. */
export interface ChangeOverSessions {
  readonly mean: ReplayChange;
  readonly p50: ReplayChange;
  readonly p95: ReplayChange;
}

type Statistic = keyof ChangeOverSessions;

function pairSessions(today: Float64Array, changed: Float64Array, unit: number): Pairs {
  const isKnown = (_: number, s: number) => !(Number.isNaN(today[s]) || Number.isNaN(changed[s]));
  return {
    today: today.filter(isKnown).map((one) => one / unit),
    changed: changed.filter(isKnown).map((one) => one / unit),
  };
}

const meanOf = (values: Float64Array) => values.reduce((sum, one) => sum + one, 0) / values.length;

/** One side, ready for resampling: its values in order, and where each session stands in it. */
class SortedSide {
  readonly sorted: Float64Array;
  readonly #place: Uint32Array;
  readonly #counts: Uint32Array;

  constructor(values: Float64Array) {
    const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
    this.sorted = Float64Array.from(order, (session) => values[session]);
    this.#place = new Uint32Array(values.length);
    order.forEach((session, place) => {
      this.#place[session] = place;
    });
    this.#counts = new Uint32Array(values.length);
  }

  /** Takes over how often each session was drawn. */
  draw(counts: Uint32Array): void {
    for (let s = 0; s < counts.length; s++) this.#counts[this.#place[s]] = counts[s];
  }

  quantile(probability: number): number {
    return quantileOfCounts(this.sorted, this.#counts, probability);
  }
}

/** Intervals of the differences: every resample draws the same sessions on both sides. */
function drawIntervals(
  { today, changed }: Pairs,
  options: BootstrapOptions,
): Record<Statistic, [number, number] | null> {
  const clusters = today.length;
  if (clusters < minBootstrapSessions || options.resamples < 1) {
    return { mean: null, p50: null, p95: null };
  }
  const before = new SortedSide(today);
  const after = new SortedSide(changed);
  const difference = today.map((one, s) => changed[s] - one);
  const meanDifference = (counts: Uint32Array) => {
    // Asked first for each resample: the quantiles read what is drawn here.
    before.draw(counts);
    after.draw(counts);
    let sum = 0;
    for (let s = 0; s < clusters; s++) sum += counts[s] * difference[s];
    return sum / clusters;
  };
  const [mean, p50, p95] = bootstrapClusters(
    [
      meanDifference,
      () => after.quantile(0.5) - before.quantile(0.5),
      () => after.quantile(0.95) - before.quantile(0.95),
    ],
    { clusters, ...options },
  );
  return {
    mean: percentileInterval(mean),
    p50: percentileInterval(p50),
    p95: percentileInterval(p95),
  };
}

/**
 * Compares one quantity per session before and after, session by session.
 *
 * Intervals are percentile intervals at 95 % of the paired differences, by a bootstrap over sessions;
 * null below 20 sessions or without resamples.
 *
 * @param today one number per session; NaN where it has none, and then it is left out on both sides
 * @param unit what the numbers are divided by
 * @returns null when no session has a number
 */
export function compareSessions(
  today: Float64Array,
  changed: Float64Array,
  options: BootstrapOptions & { readonly unit: number },
): (ChangeOverSessions & { readonly sessions: number }) | null {
  const pairs = pairSessions(today, changed, options.unit);
  const sessions = pairs.today.length;
  if (sessions === 0) return null;
  const intervals = drawIntervals(pairs, options);
  const before = pairs.today.slice().sort();
  const after = pairs.changed.slice().sort();
  const change = (statistic: Statistic, of: (sorted: Float64Array) => number): ReplayChange => ({
    today: of(before),
    changed: of(after),
    difference: of(after) - of(before),
    interval95: intervals[statistic],
  });
  return {
    mean: change('mean', meanOf),
    p50: change('p50', (sorted) => quantileSorted(sorted, 0.5)),
    p95: change('p95', (sorted) => quantileSorted(sorted, 0.95)),
    sessions,
  };
}
