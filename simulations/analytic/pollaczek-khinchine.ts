import { checkAtLeast } from './check-argument';
import { type SingleServerQueue, singleServerUtilization } from './single-server';

/** Poisson arrivals at one server whose service time has any law. */
export interface GeneralServiceQueue extends SingleServerQueue {
  readonly serviceTimeCv: number; // standard deviation ÷ mean, at least 0
}

/**
 * Mean wait in M/G/1, first come first served: Pollaczek–Khinchine, Wq = λ·E[S²] / (2(1 − ρ)).
 *
 * Exact; of the service time only mean and CV matter.
 *
 * @returns seconds; null when ρ ≥ 1
 * @throws RangeError when a rate, time or CV is negative or not finite
 * @see Kleinrock, Queueing Systems, vol. 1 (1975), §5.6
 */
export function pollaczekKhinchineWaitSec(queue: GeneralServiceQueue): number | null {
  checkAtLeast('as coefficient of variation', queue.serviceTimeCv, 0);
  const utilization = singleServerUtilization(queue);
  if (utilization >= 1) return null;
  const { serviceTimeSec, serviceTimeCv } = queue;
  return (utilization * serviceTimeSec * (1 + serviceTimeCv ** 2)) / (2 * (1 - utilization));
}

/**
 * Mean time until the event at hand ends, seen at a random moment: E[X²] / (2·E[X]).
 *
 * The inspection paradox: long ones are met more often, so with CV above 1 the rest that is seen is
 * longer than a whole one at its mean.
 *
 * @param meanSec at least 0
 * @param cv standard deviation ÷ mean, at least 0
 * @returns seconds
 * @throws RangeError when an argument is outside its stated range
 */
export function meanResidualSec(meanSec: number, cv: number): number {
  checkAtLeast('seconds of mean', meanSec, 0);
  checkAtLeast('as coefficient of variation', cv, 0);
  return (meanSec * (1 + cv * cv)) / 2;
}
