import { resolveProvider } from '@/simulations/providers/resolve-provider';
import type { Law } from '@/simulations/scenario/law';
import type { Discipline, Resource } from '@/simulations/scenario/resource';

/** How many requests a resource serves at once, and what becomes of the others. */
export interface Capacity {
  readonly slots: number; //       Infinity: unlimited
  readonly discipline: Discipline;
  readonly maxWaiting: number; //  Infinity: no bound
  readonly patience: Law | null; // null: endless
}

const endless = Number.POSITIVE_INFINITY;
const orderly = { discipline: 'fifo', maxWaiting: endless, patience: null } as const;

/**
 * Slots of a resource and the rules of its queue.
 *
 * @returns a sentence where it is not made of slots, or its rules have no closed form
 */
export function capacityOf(resource: Resource): Capacity | string {
  switch (resource.kind) {
    case 'pool':
      return {
        slots: resource.slots === 'unlimited' ? endless : resource.slots,
        discipline: resource.discipline ?? 'fifo',
        maxWaiting: resource.admission?.maxWaiting ?? endless,
        patience: resource.acquireTimeoutSec ?? null,
      };
    case 'provider': {
      const { concurrency = endless, onLimit } = resolveProvider(resource);
      return { ...orderly, slots: concurrency, maxWaiting: onLimit === 'wait' ? endless : 0 };
    }
    case 'queue':
      return resource.maxMessages === undefined && resource.visibilityTimeoutSec === undefined
        ? { ...orderly, slots: Math.min(resource.workers, resource.partitions ?? endless) }
        : 'A queue that is bounded or delivers again has no closed form here.';
    case 'nodes':
      return { ...orderly, slots: resource.nodes * resource.socketsPerNode, maxWaiting: 0 };
    case 'store':
      return 'Rows that lock one another have no closed form here.';
    case 'cache':
      return 'A cache has no slots.';
    case 'limiter':
      return 'A token bucket has no slots.';
    default:
      return resource satisfies never;
  }
}
