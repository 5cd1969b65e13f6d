import { LoadLevels } from './load-levels';

const initialDeliveries = 64;

/** Deliveries of messages to workers, and which of them each worker works or holds. */
export class WorkerCrew {
  /** Workers that take messages, by the messages that they hold. */
  readonly levels: LoadLevels;
  /** By delivery. A message can be received again while an earlier delivery of it is worked. */
  message = new Int32Array(initialDeliveries);
  sessionClass = new Int32Array(initialDeliveries);
  priority = new Int32Array(initialDeliveries);
  #next = new Int32Array(initialDeliveries);
  #free = -1;
  #used = 0;
  /** By worker: the delivery that it works, −1 for none, and those that it holds beside it. */
  #working: Int32Array;
  #head: Int32Array;
  #tail: Int32Array;

  /** @param prefetch messages that a worker holds at most, the one that it works included */
  constructor(workers: number, prefetch: number) {
    this.levels = new LoadLevels(workers, prefetch);
    this.#working = new Int32Array(workers).fill(-1);
    this.#head = new Int32Array(workers).fill(-1);
    this.#tail = new Int32Array(workers).fill(-1);
  }

  /** The delivery that a worker works; −1: none. */
  workOf(worker: number): number {
    return this.#working[worker];
  }

  /** Hands a message to a worker, to be held until it is worked; returns the delivery. */
  deliver(worker: number, message: number, sessionClass: number, priority: number): number {
    let delivery = this.#free;
    if (delivery >= 0) this.#free = this.#next[delivery];
    else {
      if (this.#used === this.message.length) this.#grow();
      delivery = this.#used++;
    }
    this.message[delivery] = message;
    this.sessionClass[delivery] = sessionClass;
    this.priority[delivery] = priority;
    this.#next[delivery] = -1;
    if (this.#tail[worker] >= 0) this.#next[this.#tail[worker]] = delivery;
    else this.#head[worker] = delivery;
    this.#tail[worker] = delivery;
    this.levels.change(worker, 1);
    return delivery;
  }

  /** Lets a worker without work take up what it holds longest; returns it, −1 for none. */
  takeUp(worker: number): number {
    const delivery = this.#head[worker];
    if (delivery < 0) return -1;
    this.#head[worker] = this.#next[delivery];
    if (this.#head[worker] < 0) this.#tail[worker] = -1;
    this.#working[worker] = delivery;
    return delivery;
  }

  /** A worker is done with what it worked. */
  putDown(worker: number): void {
    const delivery = this.#working[worker];
    this.#working[worker] = -1;
    this.levels.change(worker, -1);
    this.#next[delivery] = this.#free;
    this.#free = delivery;
  }

  /** Lets so many workers take messages; those who leave end what they hold, the idle go first. */
  resize(workers: number): void {
    const { levels } = this;
    while (levels.size > workers) levels.remove(levels.findLeast());
    if (levels.size === workers) return;
    this.#reserve(workers);
    // Those who leave come back before new ones start.
    for (let i = 0; i < levels.capacity && levels.size < workers; i++) {
      if (!levels.has(i) && levels.load[i] > 0) levels.add(i);
    }
    for (let i = 0; i < levels.capacity && levels.size < workers; i++) {
      if (!levels.has(i)) levels.add(i);
    }
  }

  #reserve(workers: number): void {
    if (workers <= this.levels.capacity) return;
    this.levels.reserve(workers);
    const widen = (from: Int32Array) => {
      const to = new Int32Array(workers).fill(-1);
      to.set(from);
      return to;
    };
    this.#working = widen(this.#working);
    this.#head = widen(this.#head);
    this.#tail = widen(this.#tail);
  }

  #grow(): void {
    const widen = (from: Int32Array) => {
      const to = new Int32Array(2 * from.length);
      to.set(from);
      return to;
    };
    this.message = widen(this.message);
    this.sessionClass = widen(this.sessionClass);
    this.priority = widen(this.priority);
    this.#next = widen(this.#next);
  }
}
