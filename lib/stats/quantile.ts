function checkProbability(probability: number): void {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`Got probability ${probability} when expected a number in [0, 1].`);
  }
}

/**
 * Quantile of sorted values, type 7: linear between the order statistics around (n − 1)·p.
 *
 * @param sorted ascending, without NaN
 * @param probability p, in [0, 1]
 * @returns the unit of the values; NaN when there are none
 * @throws RangeError when p is outside its range
 * @see Hyndman and Fan, Sample Quantiles in Statistical Packages (1996)
 */
export function quantileSorted(sorted: ArrayLike<number>, probability: number): number {
  checkProbability(probability);
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const position = (n - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below];
  const high = sorted[Math.min(below + 1, n - 1)];
  return low + (high - low) * (position - below);
}

/** Copies values into a new ascending array, leaving out NaN. */
export function sortAscending(values: ArrayLike<number>): Float64Array {
  const copy = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isNaN(value)) copy[n++] = value;
  }
  return copy.subarray(0, n).sort();
}

/**
 * Quantile of values in any order, type 7; NaN is left out and the input is not changed.
 *
 * @param probability in [0, 1]
 * @returns the unit of the values; NaN when there are none
 */
export function quantile(values: ArrayLike<number>, probability: number): number {
  return quantileSorted(sortAscending(values), probability);
}

/** Value at a 0-based rank of a multiset, walking down from its top. */
function valueAtRank(
  values: ArrayLike<number>,
  counts: ArrayLike<number>,
  total: number,
  rank: number,
): number {
  let above = total - 1 - rank;
  for (let i = values.length - 1; i >= 0; i--) {
    above -= counts[i];
    if (above < 0) return values[i];
  }
  return Number.NaN;
}

/**
 * Type 7 quantile of a multiset: each sorted value is there as often as its count says.
 *
 * Equal to {@link quantileSorted} of the values written out. It walks down from the top, so high
 * quantiles of a resample cost a small part of n.
 *
 * @param sorted ascending, without NaN
 * @param counts whole numbers of at least 0, one per value
 * @param probability in [0, 1]
 * @returns NaN when all counts are zero
 */
export function quantileOfCounts(
  sorted: ArrayLike<number>,
  counts: ArrayLike<number>,
  probability: number,
): number {
  checkProbability(probability);
  let total = 0;
  for (let i = 0; i < sorted.length; i++) total += counts[i];
  if (total === 0) return Number.NaN;
  const position = (total - 1) * probability;
  const below = Math.floor(position);
  const low = valueAtRank(sorted, counts, total, below);
  const high = valueAtRank(sorted, counts, total, Math.min(below + 1, total - 1));
  return low + (high - low) * (position - below);
}
