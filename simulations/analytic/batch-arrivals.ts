import { checkAtLeast } from './check-argument';

/** Batches that arrive as a Poisson process at one exponential server, M^[X]/M/1. */
export interface BatchQueue {
  readonly batchRatePerSec: number; //  at least 0
  readonly batchSizeMean: number; //    E[X], at least 1
  readonly batchSizeCv: number; //      standard deviation of X ÷ mean, at least 0
  readonly serviceTimeSec: number; //   of one customer, at least 0
}

/**
 * Mean response time of a customer in M^[X]/M/1, first come first served and batches in random order
 * within: L = ρ(E[X] + E[X²]) / (2·E[X]·(1 − ρ)), W = L/λ.
 *
 * @returns seconds; null when ρ ≥ 1
 * @throws RangeError when an argument is outside its stated range
 * @see Gross and Harris, Fundamentals of Queueing Theory (1998), §3.1
 */
export function batchResponseSec(queue: BatchQueue): number | null {
  const { batchRatePerSec, batchSizeMean, batchSizeCv, serviceTimeSec } = queue;
  checkAtLeast('batches per second', batchRatePerSec, 0);
  checkAtLeast('customers per batch', batchSizeMean, 1);
  checkAtLeast('as coefficient of variation', batchSizeCv, 0);
  checkAtLeast('seconds of service time', serviceTimeSec, 0);
  const utilization = batchRatePerSec * batchSizeMean * serviceTimeSec;
  if (utilization >= 1) return null;
  const secondOverFirst = batchSizeMean * (1 + batchSizeCv ** 2); // E[X²]/E[X]
  return (serviceTimeSec * (1 + secondOverFirst)) / (2 * (1 - utilization));
}
