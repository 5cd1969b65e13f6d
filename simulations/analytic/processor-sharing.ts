import { checkAtLeast } from './check-argument';
import { type SingleServerQueue, singleServerUtilization } from './single-server';

/**
 * Mean response time in M/G/1 with processor sharing, S/(1 − ρ), for every law of service time.
 *
 * @param demandSec own demand of a customer, E[T | S = x] = x/(1 − ρ); the mean where left out
 * @returns seconds; null when ρ ≥ 1
 * @throws RangeError when an argument is negative or not finite
 * @see Kleinrock, Queueing Systems, vol. 2 (1976), §4.4
 */
export function processorSharingResponseSec(
  queue: SingleServerQueue,
  demandSec = queue.serviceTimeSec,
): number | null {
  checkAtLeast('seconds of demand', demandSec, 0);
  const utilization = singleServerUtilization(queue);
  return utilization >= 1 ? null : demandSec / (1 - utilization);
}
