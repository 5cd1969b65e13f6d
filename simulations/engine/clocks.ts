import type { EventQueue } from './event-queue';
import type { ClockOwner } from './station';
import type { TaskTable } from './task-table';

/** Events that were taken back and are tolerated before the queue is cleared of them. */
const staleTolerated = 1_024;

/**
 * Clocks of stations and policies: each rings at most once until it is set again.
 *
 * They share the event queue with the tasks, whose events have ids from 0 on. What is taken back
 * stays in the queue until it is due, or until such events are the most: then all are cleared.
 */
export class Clocks {
  /** Events in the queue that were taken back. */
  stale = 0;
  readonly #tasks: TaskTable;
  readonly #now: Float64Array;
  readonly #order: Float64Array;
  readonly #events: EventQueue;
  readonly #owners: ClockOwner[] = [];
  readonly #codes: number[] = [];
  readonly #orders: number[] = []; // of the pending event of each clock; −1: none

  constructor(
    { tasks, clock }: { readonly tasks: TaskTable; readonly clock: Float64Array },
    events: EventQueue,
    order: Float64Array,
  ) {
    this.#tasks = tasks;
    this.#now = clock;
    this.#order = order;
    this.#events = events;
  }

  /** Makes a clock, which calls its owner with a code; returns its number. */
  add(owner: ClockOwner, code: number): number {
    this.#owners.push(owner);
    this.#codes.push(code);
    return this.#orders.push(-1) - 1;
  }

  /** Sets a clock to ring at a time, instead of whenever it was to ring; `Infinity`: never. */
  set(clock: number, atSec: number): void {
    if (this.#orders[clock] >= 0) {
      this.#orders[clock] = -1;
      this.countStale();
    }
    if (!(atSec < Number.POSITIVE_INFINITY)) return;
    this.#orders[clock] = this.#order[0];
    this.#events.push(Math.max(atSec, this.#now[0]), -1 - clock);
  }

  /** The event of a clock has come. Returns whether it rang: not if it was set anew. */
  ring(clock: number): boolean {
    if (this.#orders[clock] !== this.#events.rootOrder()) {
      this.stale--;
      return false;
    }
    this.#orders[clock] = -1;
    this.#owners[clock].onClock(this.#codes[clock]);
    return true;
  }

  /** An event of a clock or a task was taken back. */
  countStale(): void {
    this.stale++;
    const events = this.#events;
    if (this.stale < staleTolerated || 2 * this.stale < events.size) return;
    const taskOrders = this.#tasks.order;
    events.keepOnly((id, orders, at) => {
      const pending = id < 0 ? this.#orders[-1 - id] : taskOrders[id];
      return pending === orders[at];
    });
    this.stale = 0;
  }
}
