import type { ForecastRange } from './forecast';

/** The standard normal quantile of 0.9. */
export const normalP90 = 1.2815515655446004;

/**
 * The value of a range at a standard normal deviate, read as a shifted lognormal distribution.
 *
 * With `shift` 0 the logarithm is normal; growth is read with 1, so that it is the factor 1 + g that
 * is lognormal and −100 % is never passed.
 *
 * @param z 0 gives the median (the geometric mean of the ends), ±1.2816 the ends themselves
 * @param shift added before the logarithm; both ends plus the shift are above 0
 */
export function valueAt({ low, high }: ForecastRange, z: number, shift = 0): number {
  if (low === high) return low;
  const from = Math.log(low + shift);
  const to = Math.log(high + shift);
  return Math.exp((from + to) / 2 + ((to - from) / (2 * normalP90)) * z) - shift;
}
