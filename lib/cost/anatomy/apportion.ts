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
  let left = amount;
  for (let i = 0; i < n; i++) {
    parts[i] = Math.floor(exactShare(amount, weights[i], sum));
    left -= parts[i];
  }
  // Doubles may have rounded a share of everything up by one.
  for (; left < 0; left++) parts[indexOfLargest(parts, n)]--;
  // A part that has been given one more has a remainder below zero, and is not given another.
  for (; left > 0; left--) parts[indexOfLargestRemainder(amount, weights, sum, parts)]++;
}

/** `amount · weight ÷ sum`, through the whole price of one unit of weight where there is one. */
function exactShare(amount: number, weight: number, sum: number): number {
  return amount % sum === 0 ? (amount / sum) * weight : amount * (weight / sum);
}

function indexOfLargest(parts: Float64Array, n: number): number {
  let best = 0;
  for (let i = 1; i < n; i++) if (parts[i] > parts[best]) best = i;
  return best;
}

function indexOfLargestRemainder(
  amount: number,
  weights: ArrayLike<number>,
  sum: number,
  parts: Float64Array,
): number {
  let best = weights.length - 1;
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    const remainder = exactShare(amount, weights[i], sum) - parts[i];
    if (remainder > largest) {
      best = i;
      largest = remainder;
    }
  }
  return best;
}
