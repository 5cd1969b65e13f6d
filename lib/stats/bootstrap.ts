import { quantileSorted, sortAscending } from './quantile';
import { createRandomStream } from './random-stream';

/** A statistic of one resample, given how often each cluster was drawn; NaN when it has no value. */
export type ClusterStatistic = (counts: Uint32Array) => number;

/** What a cluster bootstrap draws, and from which seed. */
export interface ClusterBootstrapOptions {
  readonly clusters: number; //   n: drawn n times with replacement per resample
  readonly resamples: number;
  readonly seed: number;
}

/**
 * Cluster bootstrap: resamples whole clusters with replacement and evaluates every statistic on
 * the same resamples.
 *
 * Calls of one session depend on each other, so the session is what is drawn. Statistics that are
 * sums over clusters take O(n) per resample and never touch single calls again.
 *
 * @returns one array of `resamples` values per statistic, in the order drawn
 * @throws RangeError when there is no cluster or no resample
 * @see Davison and Hinkley, Bootstrap Methods and their Application (1997), §3.8
 */
export function bootstrapClusters(
  statistics: readonly ClusterStatistic[],
  options: ClusterBootstrapOptions,
): Float64Array[] {
  const { clusters, resamples, seed } = options;
  if (!(clusters >= 1 && resamples >= 1)) {
    throw new RangeError(
      `Got ${clusters} clusters and ${resamples} resamples, expected 1 of each.`,
    );
  }
  const stream = createRandomStream(seed, 0, 'bootstrap', clusters);
  const counts = new Uint32Array(clusters);
  const values = statistics.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample++) {
    counts.fill(0);
    for (let draw = 0; draw < clusters; draw++) {
      const cluster = stream.nextInt(clusters);
      counts[cluster] = counts[cluster] + 1;
    }
    statistics.forEach((statistic, i) => {
      const column = values[i];
      if (column !== undefined) column[resample] = statistic(counts);
    });
  }
  return values;
}

/**
 * Percentile interval of bootstrap values.
 *
 * @param confidence in (0, 1)
 * @returns null when more than a tenth of the resamples had no value
 */
export function percentileInterval(
  values: ArrayLike<number>,
  confidence = 0.95,
): [number, number] | null {
  const sorted = sortAscending(values);
  if (sorted.length === 0 || sorted.length < 0.9 * values.length) return null;
  const tail = (1 - confidence) / 2;
  return [quantileSorted(sorted, tail), quantileSorted(sorted, 1 - tail)];
}
