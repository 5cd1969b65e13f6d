const batchSize = 5;

/**
 * Warm-up to cut off, by MSER-5: the cut that makes the standard error of what is left smallest.
 *
 * Takes the path averaged over replications; on the path of a single run the rule tends to cut into
 * the steady state and makes the mean worse. Batches of five points; never more than half is cut.
 *
 * @param path averages over equal parts of the horizon, in time order
 * @returns points to leave out at the start; a multiple of 5, 0 when the path is too short to tell
 * @see White, Simulation 69 (1997); Hoad, Robinson and Davies, J. Oper. Res. Soc. 61 (2010)
 */
export function findWarmUpPoints(path: ArrayLike<number>): number {
  const batches = Math.floor(path.length / batchSize);
  const means = new Float64Array(batches);
  for (let i = 0; i < batches * batchSize; i++) {
    means[Math.floor(i / batchSize)] += path[i] / batchSize;
  }
  let best = 0;
  let bestScore = Number.POSITIVE_INFINITY;
  for (let cut = 0; cut <= batches / 2; cut++) {
    const kept = means.subarray(cut);
    const mean = kept.reduce((sum, value) => sum + value, 0) / kept.length;
    const squares = kept.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const score = squares / kept.length ** 2;
    if (score < bestScore) {
      bestScore = score;
      best = cut;
    }
  }
  return best * batchSize;
}

/**
 * Averages paths point by point.
 *
 * @param paths at least one path of at least `length` points
 */
export function averagePaths(paths: readonly Float64Array[], length: number): Float64Array {
  const mean = new Float64Array(length);
  for (const path of paths) {
    for (let i = 0; i < length; i++) mean[i] += path[i] / paths.length;
  }
  return mean;
}
