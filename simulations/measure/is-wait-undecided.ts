import type { Estimate, LoadPoint } from '../simulation-run';

/** Waits that a P95 leaves room for: with more of them pending its rank falls among lower bounds. */
export const maxPendingShare = 0.05;

/**
 * Whether the P95 wait of a load is a lower bound alone, because too many waits had not ended.
 *
 * By Little's law the share of pending waits is the mean wait ÷ the measured time, so this says that
 * waits are longer than the simulated time can show. A run that did not count them decides nothing.
 */
export function isWaitUndecided({
  pendingWaitShare,
}: Pick<LoadPoint, 'pendingWaitShare'>): boolean {
  return pendingWaitShare !== undefined && pendingWaitShare.interval95[1] > maxPendingShare;
}

/** Whether not even the median wait ended, so that the load has no steady state in sight. */
export function mostWaitsPend(pendingWaitShare: Estimate): boolean {
  return pendingWaitShare.mean > 0.5;
}
