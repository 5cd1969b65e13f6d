const buckets = 1024;

/** Position of a value among equal buckets over a width from `min`. */
function bucketOf(value: number, min: number, width: number): number {
  return Math.min(buckets - 1, Math.floor(((value - min) / width) * buckets));
}

/**
 * Quantiles of finite values, type 7, without sorting them: values are counted into equal buckets,
 * and only those buckets are sorted that hold a wanted rank. Equal to sorting to the last bit, and
 * several times as fast where values are spread.
 *
 * @param values finite, in any order; not changed
 * @param probabilities each in [0, 1]
 * @returns one per probability, in the unit of the values; NaN when there are none
 */
export function selectQuantiles(
  values: Float64Array,
  probabilities: readonly number[],
): readonly number[] {
  const n = values.length;
  if (n === 0) return probabilities.map(() => Number.NaN);
  let min = values[0];
  let max = values[0];
  for (let i = 1; i < n; i++) {
    const value = values[i];
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const width = max > min ? max - min : 1;
  const first = new Uint32Array(buckets + 1);
  for (let i = 0; i < n; i++) first[bucketOf(values[i], min, width) + 1]++;
  for (let bucket = 0; bucket < buckets; bucket++) first[bucket + 1] += first[bucket];
  const positions = probabilities.map((probability) => (n - 1) * probability);
  const wanted = new Map<number, Float64Array>();
  for (const position of positions) {
    for (const rank of [Math.floor(position), Math.min(Math.floor(position) + 1, n - 1)]) {
      const bucket = findBucket(first, rank);
      wanted.set(bucket, new Float64Array(first[bucket + 1] - first[bucket]));
    }
  }
  const isWanted = new Uint8Array(buckets);
  for (const bucket of wanted.keys()) isWanted[bucket] = 1;
  const filled = new Uint32Array(buckets);
  for (let i = 0; i < n; i++) {
    const bucket = bucketOf(values[i], min, width);
    if (isWanted[bucket] === 0) continue;
    const members = wanted.get(bucket);
    if (members !== undefined) members[filled[bucket]++] = values[i];
  }
  for (const members of wanted.values()) members.sort();
  const atRank = (rank: number) => {
    const bucket = findBucket(first, rank);
    return wanted.get(bucket)?.[rank - first[bucket]] ?? Number.NaN;
  };
  return positions.map((position) => {
    const below = Math.floor(position);
    const low = atRank(below);
    return low + (atRank(Math.min(below + 1, n - 1)) - low) * (position - below);
  });
}

/** The bucket that holds a rank: the last one that begins at or before it and is not empty. */
function findBucket(first: Uint32Array, rank: number): number {
  let low = 0;
  let high = buckets - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (first[middle] <= rank) low = middle;
    else high = middle - 1;
  }
  return low;
}
