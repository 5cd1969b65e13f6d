/** Sums of squares and products of one group about its own means: enough for any within-group fit. */
export interface CentredSums {
  readonly n: number;
  readonly meanX: number;
  readonly meanY: number;
  readonly sumXX: number; // Σ(x − x̄)²
  readonly sumXY: number; // Σ(x − x̄)(y − ȳ)
  readonly sumYY: number; // Σ(y − ȳ)²
}

/**
 * Centred sums of x and y in two passes, so that a large common offset costs no digits.
 *
 * @param x finite numbers
 * @param y finite numbers, as many as x
 * @throws RangeError when the lengths differ
 */
export function sumCentred(x: ArrayLike<number>, y: ArrayLike<number>): CentredSums {
  const n = x.length;
  if (y.length !== n) throw new RangeError(`Got ${n} x and ${y.length} y, expected as many.`);
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < n; i++) {
    meanX += x[i];
    meanY += y[i];
  }
  meanX /= n;
  meanY /= n;
  let sumXX = 0;
  let sumXY = 0;
  let sumYY = 0;
  for (let i = 0; i < n; i++) {
    const dx = x[i] - meanX;
    const dy = y[i] - meanY;
    sumXX += dx * dx;
    sumXY += dx * dy;
    sumYY += dy * dy;
  }
  return { n, meanX, meanY, sumXX, sumXY, sumYY };
}

/**
 * Fixed-effects ("within") slope: one common slope, an intercept of its own for every group.
 *
 * Differences between groups do not enter, so groups that are long because they grow slowly cannot
 * bend the slope.
 *
 * @returns slope and within R²; null when x varies in no group
 * @see Wooldridge, Econometric Analysis of Cross Section and Panel Data (2010), §10.5
 */
export function fitWithinGroups(
  groups: Iterable<CentredSums>,
): { readonly slope: number; readonly rSquared: number } | null {
  let sumXX = 0;
  let sumXY = 0;
  let sumYY = 0;
  for (const group of groups) {
    sumXX += group.sumXX;
    sumXY += group.sumXY;
    sumYY += group.sumYY;
  }
  if (!(sumXX > 0)) return null;
  return { slope: sumXY / sumXX, rSquared: (sumXY * sumXY) / (sumXX * sumYY) };
}
