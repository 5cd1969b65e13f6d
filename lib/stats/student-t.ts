/**
 * Coefficients of the Lanczos approximation with g = 7 and n = 9.
 *
 * @see Lanczos, SIAM J. Numer. Anal. B 1 (1964); coefficients by P. Godfrey (2001)
 */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
] as const;

/** Logarithm of the gamma function for x ≥ 0.5; relative error about 1e-15. */
export function logGamma(x: number): number {
  const z = x - 1;
  let sum: number = lanczos[0];
  for (let i = 1; i < lanczos.length; i++) sum += lanczos[i] / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Continued fraction of the incomplete beta function by Lentz's method; converges for x < (a+1)/(a+b+2). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const guard = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return result;
}

/** Regularised incomplete beta function I_x(a, b) for a, b ≥ 0.5. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const logFront =
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  if (x < (a + 1) / (a + b + 2)) return (Math.exp(logFront) * betaFraction(x, a, b)) / a;
  return 1 - (Math.exp(logFront) * betaFraction(1 - x, b, a)) / b;
}

/** P(T > t) for t ≥ 0. */
function upperTail(t: number, degreesOfFreedom: number): number {
  return (
    incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5) / 2
  );
}

function checkDegreesOfFreedom(degreesOfFreedom: number): void {
  if (!(degreesOfFreedom >= 1 && degreesOfFreedom <= 1e9)) {
    throw new RangeError(
      `Got ${degreesOfFreedom} degrees of freedom when expected a number from 1 to 1e9.`,
    );
  }
}

/**
 * Quantile of Student's t distribution.
 *
 * Bisects the upper tail, written as the regularised incomplete beta function
 * I_{ν/(ν+t²)}(ν/2, ½)/2, until the bracket is as narrow as a double allows.
 *
 * @param probability in (0, 1)
 * @param degreesOfFreedom ν, from 1 to 1e9; need not be whole
 * @returns t with P(T ≤ t) = probability; relative error below 1e-9 for tails of at least 1e-6
 * @throws RangeError when either argument is outside its stated range
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.1
 */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`Got probability ${probability} when expected a number inside (0, 1).`);
  }
  checkDegreesOfFreedom(degreesOfFreedom);
  if (probability === 0.5) return 0;
  if (probability < 0.5) return -studentTQuantile(1 - probability, degreesOfFreedom);

  const tail = 1 - probability;
  let low = 0;
  let high = 1;
  while (upperTail(high, degreesOfFreedom) > tail) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (upperTail(middle, degreesOfFreedom) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Mean of independent values with the half-width of its confidence interval. */
export interface MeanInterval {
  readonly mean: number;
  readonly standardDeviation: number; // of one value, not of the mean
  readonly halfWidth: number;
  readonly interval: readonly [number, number];
}

/**
 * Confidence interval of the mean of independent values, by Student's t with n − 1 degrees of
 * freedom. Sums are centred, so a large common offset costs no digits.
 *
 * @param values finite numbers of one unit
 * @param confidence in (0, 1)
 * @returns null below two values, where no spread can be known
 */
export function meanInterval(values: ArrayLike<number>, confidence = 0.95): MeanInterval | null {
  const n = values.length;
  if (n < 2) return null;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  const standardDeviation = Math.sqrt(squares / (n - 1));
  const halfWidth =
    (studentTQuantile((1 + confidence) / 2, n - 1) * standardDeviation) / Math.sqrt(n);
  return {
    mean,
    standardDeviation,
    halfWidth,
    interval: [mean - halfWidth, mean + halfWidth],
  };
}
