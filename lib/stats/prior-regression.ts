/** What is believed of a slope before the data are seen: normal, with this mean and deviation. */
export interface SlopePrior {
  readonly mean: number;
  readonly deviation: number; //           above 0; the smaller, the more data it takes to move it
}

/** A line through few points, its slopes drawn towards what was believed before. */
export interface PriorRegression {
  readonly n: number;
  readonly meanX: readonly number[];
  readonly meanY: number;
  readonly slopes: readonly number[];
  readonly slopeCovariance: readonly (readonly number[])[];
  readonly residualVariance: number;
  readonly degreesOfFreedom: number; //    n − 1 − effective number of slopes, at least 1
}

const maxRounds = 30;
/** A variance that moves by less than this share of itself has been found. */
const convergedShare = 1e-12;

/** Inverse of a symmetric positive definite matrix by Gauss–Jordan elimination. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let pivot = 0; pivot < size; pivot++) {
    const scale = rows[pivot][pivot];
    rows[pivot] = rows[pivot].map((value) => value / scale);
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const factor = rows[row][pivot];
      rows[row] = rows[row].map((value, j) => value - factor * rows[pivot][j]);
    }
  }
  return rows.map((row) => row.slice(size));
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);

/**
 * Linear regression whose slopes have a normal prior and whose intercept has none.
 *
 * The posterior mean of the slopes is (XᵀX/σ² + T⁻²)⁻¹ (Xᵀy/σ² + T⁻²μ) of centred x and y. σ² is the
 * residual variance at those slopes, found by iteration, so that noisy points move a slope less
 * than exact ones do.
 *
 * @param x one row of equal length per point, finite
 * @param y as many finite values
 * @param priors one per column of x
 * @param minVariance lower end of σ², in the square of the unit of y
 * @throws RangeError when there is no point or the lengths differ
 * @see Gelman et al., Bayesian Data Analysis, 3rd ed. (2013), §14.8
 */
export function fitWithPriors(
  x: readonly (readonly number[])[],
  y: readonly number[],
  priors: readonly SlopePrior[],
  minVariance: number,
): PriorRegression {
  const n = y.length;
  if (n === 0 || x.length !== n) {
    throw new RangeError(`Got ${x.length} x and ${n} y, expected as many and at least one.`);
  }
  const meanX = priors.map((_, j) => x.reduce((sum, row) => sum + row[j], 0) / n);
  const meanY = y.reduce((sum, value) => sum + value, 0) / n;
  const centred = x.map((row) => row.map((value, j) => value - meanX[j]));
  const rest = y.map((value) => value - meanY);
  const products = priors.map((_, i) =>
    priors.map((__, j) => centred.reduce((sum, row) => sum + row[i] * row[j], 0)),
  );
  const moments = priors.map((_, i) =>
    centred.reduce((sum, row, at) => sum + row[i] * rest[at], 0),
  );

  let slopes = priors.map((prior) => prior.mean);
  let residualVariance = Math.max(variance(n - 1), minVariance);
  let slopeCovariance: number[][] = [];
  let degreesOfFreedom = Math.max(1, n - 1);
  for (let round = 0; round < maxRounds; round++) {
    slopeCovariance = invert(
      products.map((row, i) =>
        row.map(
          (value, j) => value / residualVariance + (i === j ? 1 / priors[i].deviation ** 2 : 0),
        ),
      ),
    );
    const pull = priors.map(
      (prior, i) => moments[i] / residualVariance + prior.mean / prior.deviation ** 2,
    );
    slopes = slopeCovariance.map((row) => dot(row, pull));
    const effective = slopeCovariance.reduce(
      (sum, row, i) =>
        sum +
        dot(
          row,
          products.map((other) => other[i]),
        ) /
          residualVariance,
      0,
    );
    degreesOfFreedom = Math.max(1, n - 1 - effective);
    const before = residualVariance;
    residualVariance = Math.max(variance(degreesOfFreedom), minVariance);
    if (Math.abs(residualVariance - before) <= convergedShare * before) break;
  }
  return { n, meanX, meanY, slopes, slopeCovariance, residualVariance, degreesOfFreedom };

  function variance(freedom: number): number {
    const squares = rest.reduce(
      (sum, value, at) => sum + (value - dot(centred[at], slopes)) ** 2,
      0,
    );
    return squares / Math.max(1, freedom);
  }
}

/**
 * Mean of y at a point, with the variance that the slopes' uncertainty leaves in it.
 *
 * @param x as many values as the fit has slopes
 */
export function predictAt(
  fit: PriorRegression,
  x: readonly number[],
): { readonly mean: number; readonly slopeVariance: number } {
  const offset = x.map((value, j) => value - fit.meanX[j]);
  return {
    mean: fit.meanY + dot(offset, fit.slopes),
    slopeVariance: dot(
      offset,
      fit.slopeCovariance.map((row) => dot(row, offset)),
    ),
  };
}
