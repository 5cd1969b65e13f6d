import type { Estimate } from '@/simulations/simulation-run';

/** Mean of an estimate; NaN where no replication observed the quantity, so that it is not a zero. */
export function meanOf(estimate: Estimate): number {
  return estimate.replications === 0 ? Number.NaN : estimate.mean;
}
