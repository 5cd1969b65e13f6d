import { meanInterval } from '@/lib/stats/student-t';
import type { Estimate } from '../simulation-run';

/** Range that a quantity cannot leave, whatever its interval says. */
export interface EstimateRange {
  readonly min: number;
  readonly max: number;
}

/** Range of a share. */
export const shareRange: EstimateRange = { min: 0, max: 1 };

/** Range of a time, a rate or a count. */
export const positiveRange: EstimateRange = { min: 0, max: Number.MAX_VALUE };

/**
 * Estimates a quantity from one value per replication: their mean and its 95 % t-interval.
 *
 * @param values one per replication; NaN where the replication did not observe the quantity, and
 * Infinity where it saw something in no time, as a run that stopped at its first moment does
 * @returns ends of the interval within the range; see {@link Estimate} for fewer than two values
 */
export function estimate(values: readonly number[], range: EstimateRange): Estimate {
  const observed = values.filter(Number.isFinite);
  const [only = 0] = observed;
  const interval = meanInterval(observed);
  if (interval === null) {
    return { mean: only, interval95: [only, only], replications: observed.length };
  }
  const [low, high] = interval.interval;
  return {
    mean: interval.mean,
    interval95: [Math.max(low, range.min), Math.min(high, range.max)],
    replications: observed.length,
  };
}
