import { meanInterval } from '@/lib/stats/student-t';
import type { Estimate } from '../simulation-run';
import type { ReplicationResult } from './replication-result';

const minUtilization = 0.98;
const minGrowth = 0.05;

function meanBetween(path: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += path[i];
  return sum / (to - from);
}

/**
 * Tells whether the queue is still growing at the horizon, so that there is no steady state.
 *
 * Compares the queue in the last quarter of the horizon with the quarter before, replication by
 * replication. It grows when the 95 % interval of the difference lies above 0, the difference is at
 * least 5 % of the last quarter's queue, and at least 98 % of the slots are in use there: a busy pool
 * with free slots has a steady state, however slowly it gets there.
 *
 * @param results replications of one load
 * @param slots slots of the pool
 */
export function isOverloaded(results: readonly ReplicationResult[], slots: number): boolean {
  const bins = Math.min(...results.map((result) => result.completedBins));
  const quarter = Math.floor(bins / 4);
  if (quarter === 0) return false;
  const growth: number[] = [];
  let lastSum = 0;
  let slotsInUseSum = 0;
  for (const { waitingMean, slotsInUseMean } of results) {
    const last = meanBetween(waitingMean, bins - quarter, bins);
    growth.push(last - meanBetween(waitingMean, bins - 2 * quarter, bins - quarter));
    lastSum += last;
    slotsInUseSum += meanBetween(slotsInUseMean, bins - quarter, bins);
  }
  const interval = meanInterval(growth);
  if (interval === null) return false;
  return (
    interval.interval[0] > 0 &&
    interval.mean >= (minGrowth * lastSum) / results.length &&
    slotsInUseSum / results.length >= minUtilization * slots
  );
}

/** Whether not even the median wait ended, so that the load has no steady state in sight. */
export function mostWaitsPend(pendingWaitShare: Estimate): boolean {
  return pendingWaitShare.mean > 0.5;
}
