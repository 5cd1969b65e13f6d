/** What each part lacks to its exact share; filled anew by every call. */
let remainders = new Float64Array(16);

/**
 * Shares a whole amount out by weights: whole parts that add up to it exactly, each less than one
 * away from its exact share (largest remainder; the earlier part wins a tie).
 *
 * @param amount a safe integer, at least 0
 * @param weights at least 0; where all are zero, the last part takes everything
 * @param parts filled with as many numbers as there are weights
 */
export function apportion(amount: number, weights: ArrayLike<number>, parts: Float64Array): void {
  const n = weights.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += weights[i];
  parts.fill(0, 0, n);
  if (!(sum > 0)) {
    parts[n - 1] = amount;
    return;
  }
  if (remainders.length < n) remainders = new Float64Array(2 * n);
  // Through the whole price of one unit of weight, where there is one, nothing is rounded.
  const isWhole = amount % sum === 0;
  const unit = amount / sum;
  let left = amount;
  for (let i = 0; i < n; i++) {
    const share = isWhole ? unit * weights[i] : amount * (weights[i] / sum);
    parts[i] = Math.floor(share);
    remainders[i] = weights[i] === 0 ? Number.NEGATIVE_INFINITY : share - parts[i];
    left -= parts[i];
  }
  // Doubles may have rounded a share of everything up by one.
  for (; left < 0; left++) parts[indexOfLargest(parts, n)]--;
  for (; left > 0; left--) {
    const next = indexOfLargest(remainders, n);
    parts[next]++;
    remainders[next]--;
  }
}

function indexOfLargest(values: Float64Array, n: number): number {
  let best = 0;
  for (let i = 1; i < n; i++) if (values[i] > values[best]) best = i;
  return best;
}
