import { studentTQuantile } from '../../stats/student-t';

/** A cost that is expected, with the interval that holds it four times out of five. */
export interface Prediction {
  readonly costUsd: number;
  /** P10 and P90; null where too few sessions tell how far costs scatter. */
  readonly interval80: readonly [number, number] | null;
}

/** Sessions below which nothing is said about scatter. */
export const minSessionsForInterval = 3;

/**
 * A prediction whose logarithm is spread as Student's t.
 *
 * @param costUsd median, above 0
 * @param logVariance of the logarithm of the cost about that of the median
 */
export function spreadLogarithm(
  costUsd: number,
  logVariance: number,
  degreesOfFreedom: number,
): Prediction {
  const reach = studentTQuantile(0.9, degreesOfFreedom) * Math.sqrt(logVariance);
  return { costUsd, interval80: [costUsd * Math.exp(-reach), costUsd * Math.exp(reach)] };
}

/**
 * Mean cost of some sessions still to come, from sessions that were seen.
 *
 * The interval counts the sampling error of both: mean ± t · s · √(1/n + 1/m), with n − 1 degrees of
 * freedom.
 *
 * @param costsUsd one per session seen, at least one; with one alone there is no interval
 * @param sessionsToCome m, at least 1
 * @throws RangeError without sessions
 * @see Hahn and Meeker, Statistical Intervals (1991), §4.8
 */
export function predictMean(costsUsd: ArrayLike<number>, sessionsToCome: number): Prediction {
  const n = costsUsd.length;
  if (n === 0) throw new RangeError('Expected at least one session.');
  let sum = 0;
  for (let i = 0; i < n; i++) sum += costsUsd[i];
  const costUsd = sum / n;
  if (n < 2) return { costUsd, interval80: null };
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (costsUsd[i] - costUsd) ** 2;
  const error = Math.sqrt((squares / (n - 1)) * (1 / n + 1 / sessionsToCome));
  const reach = studentTQuantile(0.9, n - 1) * error;
  return { costUsd, interval80: [Math.max(0, costUsd - reach), costUsd + reach] };
}
