/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/**
 * P(Z ≤ x) of the standard normal distribution.
 *
 * Power series Φ = ½ + φ(x)·(x + x³/3 + x⁵/15 + …) up to |x| = 3, continued fraction of the tail
 * beyond; relative error about 1e-14, also in the lower tail.
 *
 * @see Marsaglia, Journal of Statistical Software 11 (2004); Abramowitz and Stegun, Handbook of
 * Mathematical Functions (1964), 26.2.14
 */
export function normalProbability(x: number): number {
  if (Math.abs(x) > 3) {
    let fraction = 0;
    for (let k = 100; k >= 1; k--) fraction = k / (Math.abs(x) + fraction);
    const tail = normalDensity(x) / (Math.abs(x) + fraction);
    return x < 0 ? tail : 1 - tail;
  }
  let term = x;
  let sum = x;
  for (let k = 3; k < 200 && Math.abs(term) > 1e-18; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum;
}

/**
 * Quantile of the standard normal distribution, by Newton's method from a rational start.
 *
 * @param probability in (0, 1)
 * @returns z with P(Z ≤ z) = probability; error about 1e-12 where both tails are above 1e-12
 * @throws RangeError outside of (0, 1)
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.2.22
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`Got a probability of ${probability} when expected one between 0 and 1.`);
  }
  if (probability > 0.5) return -normalQuantile(1 - probability);
  const t = Math.sqrt(-2 * Math.log(probability));
  let z = (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + 0.04481 * t)) - t;
  for (let step = 0; step < 20; step++) {
    const gap = (normalProbability(z) - probability) / normalDensity(z);
    z -= gap / (1 + (gap * z) / 2);
    if (Math.abs(gap) < 1e-14 * (1 + Math.abs(z))) break;
  }
  return z;
}
