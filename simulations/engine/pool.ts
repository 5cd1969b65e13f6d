import { SampleSketch } from '../measure/sample-sketch';
import { WindowStatistics } from '../measure/window-statistics';

/** What became of an attempt to acquire a slot. */
export const acquireResult = { granted: 0, waiting: 1 } as const;

const initialWaiters = 16; // a power of two, as the ring's capacity stays

/** Limits of a {@link Pool}. */
export interface PoolLimits {
  readonly slots: number;
  readonly acquireTimeoutSec: number | null; // null: waits for ever
}

/**
 * A pool of identical slots with one first-in first-out queue of waiters.
 *
 * All waiters have the same timeout, so their deadlines lie in the order in which they wait: the
 * next one to time out is the head of the queue, and a timeout needs no event that could go stale.
 * Slots in use and waiters are weighted by time into `window`, which its owner may replace.
 */
export class Pool {
  slotsInUse = 0;
  waiting = 0;
  window: WindowStatistics;
  /** Total of all waits that ended, from the stamps of the waiters: for Little's law. */
  waitSecTotal = 0;
  readonly #slots: number;
  readonly #timeoutSec: number;
  #waiterId = new Int32Array(initialWaiters);
  #sinceSec = new Float64Array(initialWaiters);
  #mask = initialWaiters - 1;
  #head = 0;
  /** Accounted time, and the integrals of slots in use and of waiters over it. */
  readonly #totals = new Float64Array(3);

  constructor(limits: PoolLimits) {
    this.#slots = limits.slots;
    this.#timeoutSec = limits.acquireTimeoutSec ?? Number.POSITIVE_INFINITY;
    this.window = new WindowStatistics(limits.slots, 0, 0);
  }

  /** ∫ slots in use dt up to the last account. */
  get slotsInUseIntegralSec(): number {
    return this.#totals[1];
  }

  /** ∫ waiters dt up to the last account. */
  get waitingIntegralSec(): number {
    return this.#totals[2];
  }

  /** Credits the time since the last change to the state that held during it. */
  account(nowSec: number): void {
    const totals = this.#totals;
    const slotsInUse = this.slotsInUse;
    const elapsedSec = nowSec - totals[0];
    totals[0] = nowSec;
    totals[1] += slotsInUse * elapsedSec;
    totals[2] += this.waiting * elapsedSec;
    this.window.timeSecBySlotsInUse[slotsInUse] += elapsedSec;
  }

  /** Takes a free slot or joins the queue. */
  acquire(id: number, nowSec: number): number {
    const result = this.seat(id, nowSec);
    if (result === acquireResult.granted) this.window.waitSec.addZero();
    return result;
  }

  /** As `acquire`, for an agent met while it held a slot: what it is granted at once is no wait. */
  seat(id: number, nowSec: number): number {
    this.account(nowSec);
    if (this.slotsInUse < this.#slots) {
      this.slotsInUse++;
      return acquireResult.granted;
    }
    if (this.waiting > this.#mask) this.#grow();
    const tail = (this.#head + this.waiting) & this.#mask;
    this.#waiterId[tail] = id;
    this.#sinceSec[tail] = nowSec;
    this.waiting++;
    return acquireResult.waiting;
  }

  /** Gives a slot back. Returns the id of the waiter that has it now, or −1 when it is free. */
  release(nowSec: number): number {
    this.account(nowSec);
    if (this.waiting > 0) return this.#dequeue(nowSec);
    this.slotsInUse--;
    return -1;
  }

  /** When the head of the queue gives up; `Infinity` when nobody will. */
  nextDeadlineSec(): number {
    return this.waiting === 0
      ? Number.POSITIVE_INFINITY
      : this.#sinceSec[this.#head] + this.#timeoutSec;
  }

  /** Takes the head of the queue out, as timed out, and returns its id. */
  expire(nowSec: number): number {
    this.account(nowSec);
    this.window.timeouts++;
    return this.#dequeue(nowSec);
  }

  /** Total of the waits that have not ended. */
  pendingWaitSec(nowSec: number): number {
    let totalSec = 0;
    for (let i = 0; i < this.waiting; i++) {
      totalSec += nowSec - this.#sinceSec[(this.#head + i) & this.#mask];
    }
    return totalSec;
  }

  /** How long each waiter has waited so far: a lower bound of its wait. */
  pendingWaits(nowSec: number): SampleSketch {
    const waits = new SampleSketch();
    for (let i = 0; i < this.waiting; i++) {
      waits.add(nowSec - this.#sinceSec[(this.#head + i) & this.#mask]);
    }
    return waits;
  }

  #dequeue(nowSec: number): number {
    const head = this.#head;
    const waitedSec = nowSec - this.#sinceSec[head];
    this.waitSecTotal += waitedSec;
    this.window.waitSec.add(waitedSec);
    this.#head = (head + 1) & this.#mask;
    this.waiting--;
    return this.#waiterId[head];
  }

  #grow(): void {
    const capacity = (this.#mask + 1) * 2;
    const waiterId = new Int32Array(capacity);
    const sinceSec = new Float64Array(capacity);
    for (let i = 0; i < this.waiting; i++) {
      const from = (this.#head + i) & this.#mask;
      waiterId[i] = this.#waiterId[from];
      sinceSec[i] = this.#sinceSec[from];
    }
    this.#waiterId = waiterId;
    this.#sinceSec = sinceSec;
    this.#mask = capacity - 1;
    this.#head = 0;
  }
}
