import type { CompiledStation } from '@/simulations/engine/compiled-scenario';
import type { Admission } from '@/simulations/scenario/policy';
import type { Discipline, PoolResource } from '@/simulations/scenario/resource';

/** What a scenario says of a pool, with its defaults. */
export interface PoolPlan {
  readonly resource: PoolResource;
  readonly slotsPerReplica: number;
  readonly replicas: number; // at the start
  readonly slots: number; // at the start, of all replicas; Infinity where unlimited
  readonly discipline: Discipline;
  readonly admission: Admission | undefined;
  readonly slowdownPerInUse: number;
  readonly isTransactional: boolean;
}

/** Counters of a pool that is not plain. */
export const poolCounterNames = [
  'connectionsOpened',
  'connectionsClosedByAge',
  'connectionsClosedIdle',
  'slotsDownSec', // ∫ slots under repair dt
] as const;

/**
 * Reads the plan of a pool.
 *
 * @throws RangeError when the station is no pool, or an unlimited one has breakdowns
 */
export function poolPlan({ resource }: CompiledStation): PoolPlan {
  if (resource.kind !== 'pool') throw new RangeError(`Got ${resource.kind} when expected a pool.`);
  const replicas = resource.autoscaler?.min ?? 1;
  const slotsPerReplica =
    resource.slots === 'unlimited' ? Number.POSITIVE_INFINITY : resource.slots;
  const slots = slotsPerReplica * replicas;
  if (resource.breakdowns !== undefined && slots === Number.POSITIVE_INFINITY) {
    throw new RangeError('Got breakdowns of unlimited slots when expected a number of slots.');
  }
  return {
    resource,
    slotsPerReplica,
    replicas,
    slots,
    discipline: resource.discipline ?? 'fifo',
    admission: resource.admission,
    slowdownPerInUse: resource.slowdownPerInUse ?? 0,
    isTransactional: resource.mode === 'transaction',
  };
}

/** Slots that a cut to a share leaves: the whole part; of unlimited ones all, unless it leaves none. */
export function usableSlots(slots: number, quotaFactor: number): number {
  if (quotaFactor === 0) return 0;
  // A product such as 10 · 0.3 may fall short of the whole number that it stands for.
  return Math.floor(slots * quotaFactor + 1e-9);
}
