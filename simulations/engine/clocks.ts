import type { EventQueue } from './event-queue';
import type { ClockOwner } from './station';

/** Clocks of stations and policies: each rings at most once until it is set again. */
export class Clocks {
  readonly #now: Float64Array;
  readonly #order: Float64Array;
  readonly #events: EventQueue;
  readonly #owners: ClockOwner[] = [];
  readonly #codes: number[] = [];
  readonly #orders: number[] = []; // of the pending event of each clock; −1: none

  constructor(events: EventQueue, now: Float64Array, order: Float64Array) {
    this.#events = events;
    this.#now = now;
    this.#order = order;
  }

  /** Makes a clock, which calls its owner with a code; returns its number. */
  add(owner: ClockOwner, code: number): number {
    this.#owners.push(owner);
    this.#codes.push(code);
    return this.#orders.push(-1) - 1;
  }

  /** Sets a clock to ring at a time, instead of whenever it was to ring; `Infinity`: never. */
  set(clock: number, atSec: number): void {
    this.#orders[clock] = -1;
    if (!(atSec < Number.POSITIVE_INFINITY)) return;
    this.#orders[clock] = this.#order[0];
    this.#events.push(Math.max(atSec, this.#now[0]), -1 - clock);
  }

  /** The event of a clock has come. Returns whether it rang: not if it was set anew. */
  ring(clock: number): boolean {
    if (this.#orders[clock] !== this.#events.rootOrder()) return false;
    this.#orders[clock] = -1;
    this.#owners[clock].onClock(this.#codes[clock]);
    return true;
  }
}
