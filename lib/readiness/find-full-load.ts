import type { LoadPoint } from '@/simulations/simulation-run';

/** Utilisation from which a pool counts as full. */
const fullShare = 0.95;

/** Waits that may still be pending at the end; with more of them a P95 is only a lower bound. */
const maxPendingShare = 0.05;

/**
 * Whether too many waits had not ended when the simulated time did, so that the load has no steady
 * state to go by. A run that did not count them does not say.
 */
export function hasPendingWaits({ pendingWaitShare }: LoadPoint): boolean {
  return pendingWaitShare !== undefined && pendingWaitShare.interval95[1] > maxPendingShare;
}

/** Upper end of the utilisation of a pool, which may be full where no steady state stands behind it. */
function upperShare(point: LoadPoint): number {
  const upper = point.pool.utilization.interval95[1];
  return point.isOverloaded || hasPendingWaits(point) ? Math.max(1, upper) : upper;
}

/**
 * Fewest agents at which the pool may be 95 % in use: where the upper end of the 95 % interval of
 * mean utilisation reaches it, linear between neighbouring loads.
 *
 * @param points loads simulated, in any order; one without a replication says nothing and is left out
 * @returns agents, not rounded; null when no load reaches it
 */
export function findFewestAgentsAtFull(points: readonly LoadPoint[]): number | null {
  const ordered = points
    .filter((point) => point.pool.utilization.replications > 0)
    .sort((a, b) => a.agents - b.agents);
  const reached = ordered.findIndex((point) => upperShare(point) >= fullShare);
  const above = ordered[reached];
  if (above === undefined) return null;
  const below = ordered[reached - 1];
  if (below === undefined) return above.agents;
  const from = upperShare(below);
  const share = (fullShare - from) / (upperShare(above) - from);
  return below.agents + share * (above.agents - below.agents);
}
