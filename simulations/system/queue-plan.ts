import type { CompiledStation } from '../engine/compiled-scenario';
import { initialReplicas } from '../policies/autoscaling';

/** What a scenario says of a queue, with its defaults. */
export interface QueuePlan {
  readonly workers: number; //              at time 0
  readonly prefetch: number; //             messages that a worker holds, the one it works included
  readonly partitions: number; //           workers that take messages at most; Infinity: all
  readonly maxMessages: number; //          visible ones; Infinity: any number
  readonly maxReceives: number; //          in vain; Infinity: any number
  readonly visibilityTimeoutSec: number; // Infinity: none
}

/**
 * Reads the plan of a queue.
 *
 * @throws RangeError when the station is none
 */
export function queuePlan({ resource }: CompiledStation): QueuePlan {
  if (resource.kind !== 'queue') throw new RangeError(`Got ${resource.kind}, expected a queue.`);
  return {
    workers: initialReplicas(resource.workers, resource.autoscaler),
    prefetch: resource.prefetch ?? 1,
    partitions: resource.partitions ?? Number.POSITIVE_INFINITY,
    maxMessages: resource.maxMessages ?? Number.POSITIVE_INFINITY,
    maxReceives: resource.maxReceives ?? Number.POSITIVE_INFINITY,
    visibilityTimeoutSec: resource.visibilityTimeoutSec ?? Number.POSITIVE_INFINITY,
  };
}
