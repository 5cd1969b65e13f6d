import { failureCause } from '@/simulations/engine/failure-cause';
import type { Kernel } from '@/simulations/engine/kernel';
import { AdaptiveLimit } from '@/simulations/policies/adaptive-limit';
import type { Admission as AdmissionPlan } from '@/simulations/scenario/policy';

/**
 * Decides which requests a resource takes.
 *
 * Beyond `maxWaiting` waiters: `queue_full`, whatever the priority. While the oldest waiter is older
 * than `shedAgeSec`, or with as many requests there as the adaptive limit allows: `shed`, where
 * `shedBelowPriority` is given only for priorities after it.
 */
export class Admission {
  /** Whether waiters past the deadline of their session are dropped when their turn comes. */
  readonly dropsExpired: boolean;
  readonly #kernel: Kernel;
  readonly #maxWaiting: number;
  readonly #shedAgeSec: number;
  readonly #shedBelowPriority: number;
  readonly #limit: AdaptiveLimit | null;

  constructor(kernel: Kernel, plan: AdmissionPlan) {
    this.#kernel = kernel;
    this.dropsExpired = plan.dropExpired ?? false;
    this.#maxWaiting = plan.maxWaiting ?? Number.POSITIVE_INFINITY;
    this.#shedAgeSec = plan.shedAgeSec ?? Number.POSITIVE_INFINITY;
    this.#shedBelowPriority = plan.shedBelowPriority ?? -1;
    this.#limit = plan.adaptiveLimit === undefined ? null : new AdaptiveLimit(plan.adaptiveLimit);
  }

  /**
   * Why a request is refused; 0 where it is taken.
   *
   * @param waiting how many wait, where the request would have to; −1 where it would not
   * @param inSystem requests that are there
   * @param oldest the task that has waited for longest; −1 where nobody waits
   */
  causeToRefuse(task: number, waiting: number, inSystem: number, oldest: number): number {
    const { tasks, clock } = this.#kernel;
    if (waiting >= this.#maxWaiting) return failureCause.queue_full;
    if (tasks.priority[task] <= this.#shedBelowPriority) return 0;
    if (oldest >= 0 && clock[0] - tasks.sinceSec[oldest] > this.#shedAgeSec) {
      return failureCause.shed;
    }
    if (this.#limit !== null && inSystem >= Math.floor(this.#limit.limit)) return failureCause.shed;
    return 0;
  }

  /** A request that came at `sinceSec[task]` leaves, one of `inSystem`. */
  observe(task: number, inSystem: number, isDropped: boolean): void {
    if (this.#limit === null) return;
    const { tasks, clock } = this.#kernel;
    this.#limit.observe(clock[0] - tasks.sinceSec[task], inSystem, isDropped);
  }
}
