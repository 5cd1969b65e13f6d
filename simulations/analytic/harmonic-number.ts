import { checkAtLeast, checkCount } from './check-argument';

const summedMost = 1_000;

/**
 * Generalised harmonic number, Σ(i = 1 … n) i^(−s).
 *
 * The first thousand terms are added from the smallest up, the rest by Euler and Maclaurin to the
 * first derivative, so that any n takes some microseconds. Relative error about 1e-14.
 *
 * @param count n; integer, at least 0
 * @param exponent s, at least 0; 1 where left out
 * @throws RangeError when an argument is outside its stated range
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 23.1.30
 */
export function harmonicNumber(count: number, exponent = 1): number {
  checkCount('terms', count, 0);
  checkAtLeast('as exponent', exponent, 0);
  const summed = Math.min(count, summedMost);
  let sum = count > summedMost ? sumBetween(summedMost, count, exponent) : 0;
  for (let i = summed; i >= 1; i--) sum += exponent === 1 ? 1 / i : i ** -exponent;
  return sum;
}

/** Σ(i = from + 1 … to) i^(−s). */
function sumBetween(from: number, to: number, exponent: number): number {
  const span = Math.log(to / from);
  const rest = 1 - exponent;
  const integral =
    Math.abs(rest) < 1e-9 ? span * from ** rest : (from ** rest * Math.expm1(rest * span)) / rest;
  const slope = (exponent / 12) * (from ** (-exponent - 1) - to ** (-exponent - 1));
  return integral + (to ** -exponent - from ** -exponent) / 2 + slope;
}
