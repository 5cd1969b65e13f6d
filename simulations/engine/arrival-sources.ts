import type { ArrivalSource } from './arrivals/arrival-source';
import { createSource } from './arrivals/create-source';
import type { CompiledArrivals } from './compiled-scenario';
import { play } from './interpreter';
import type { Kernel } from './kernel';
import type { Quantity } from './program';

/** Sessions that may arrive at one moment; more would go on for ever, or fill the memory. */
const maxArrivalsAtOnce = 2_000_000;

/** Sessions and tasks within them that may be under way at once; more would fill the memory. */
const maxTasks = 4_000_000;

/**
 * The next arrival of each open class, kept beside the event queue: an arrival costs a comparison
 * instead of a pass through the heap.
 */
export class ArrivalSources {
  /** One number: time of the next arrival; `Infinity` when there is none. */
  readonly nextSec: Float64Array;
  /** One number: its order among events of equal time. */
  readonly nextOrder: Float64Array;
  readonly #kernel: Kernel;
  readonly #batches: readonly (Quantity | null)[]; // null: one by one
  readonly #sources: readonly ArrivalSource[];
  readonly #nextSecByClass: Float64Array;
  readonly #orderByClass: Float64Array;
  #nextClass = 0;
  #arrivedAtOnce = 0;

  constructor(kernel: Kernel, arrivals: readonly CompiledArrivals[]) {
    this.#kernel = kernel;
    this.#batches = arrivals.map(findBatch);
    this.#sources = arrivals.map((arrival) => createSource(kernel, arrival));
    this.#nextSecByClass = new Float64Array(arrivals.length).fill(Number.POSITIVE_INFINITY);
    this.#orderByClass = new Float64Array(arrivals.length);
    // The times of the only class are those of the next arrival.
    const isOnlyOne = arrivals.length === 1;
    this.nextSec = isOnlyOne
      ? this.#nextSecByClass
      : new Float64Array(1).fill(Number.POSITIVE_INFINITY);
    this.nextOrder = isOnlyOne ? this.#orderByClass : new Float64Array(1);
  }

  /** Draws the first arrival of every class. */
  start(): void {
    for (let i = 0; i < this.#sources.length; i++) this.#advance(i);
  }

  /** Lets the next arrival happen, and draws the one after it. */
  arrive(): void {
    const kernel = this.#kernel;
    const sessionClass = this.#nextClass;
    const batch = this.#batches[sessionClass];
    if (batch !== null) {
      this.#arriveTogether(sessionClass, batch);
      return;
    }
    if (this.#isTooMany(1)) return;
    const root = kernel.sessions.arrive(sessionClass);
    this.#advance(sessionClass);
    play(kernel, root);
  }

  #arriveTogether(sessionClass: number, batch: Quantity): void {
    const kernel = this.#kernel;
    kernel.draw(batch);
    const sessions = Math.round(kernel.laws.drawn[0]);
    if (this.#isTooMany(sessions)) return;
    for (let i = 0; i < sessions; i++) kernel.goOn(kernel.sessions.arrive(sessionClass));
    this.#advance(sessionClass);
  }

  /** Stops the run where arrivals at one moment have no end, or nothing ends of what arrives. */
  #isTooMany(sessions: number): boolean {
    const { tasks, compiled } = this.#kernel;
    this.#arrivedAtOnce += Math.max(1, sessions);
    const isAtOnce = this.#arrivedAtOnce > maxArrivalsAtOnce;
    if (!isAtOnce && tasks.size < maxTasks) return false;
    this.#kernel.stopReason = isAtOnce
      ? `More than ${maxArrivalsAtOnce} sessions of '${compiled.classes[this.#nextClass].name}' arrive at one moment.`
      : `Stopped at ${this.#kernel.clock[0]} s of simulated time with ${maxTasks} sessions, attempts and branches under way: more come than end.`;
    return true;
  }

  #advance(sessionClass: number): void {
    this.#sources[sessionClass].next(this.#nextSecByClass, sessionClass);
    this.#orderByClass[sessionClass] = this.#kernel.takeOrder();
    if (this.#nextSecByClass[sessionClass] > this.#kernel.clock[0]) this.#arrivedAtOnce = 0;
    if (this.#sources.length > 1) this.#chooseNext();
  }

  #chooseNext(): void {
    const times = this.#nextSecByClass;
    const orders = this.#orderByClass;
    let first = 0;
    for (let i = 1; i < times.length; i++) {
      if (times[i] < times[first] || (times[i] === times[first] && orders[i] < orders[first])) {
        first = i;
      }
    }
    this.#nextClass = first;
    this.nextSec[0] = times[first];
    this.nextOrder[0] = orders[first];
  }
}

/** How many sessions arrive together, where that is not one. */
function findBatch(arrivals: CompiledArrivals): Quantity | null {
  if (arrivals.kind !== 'gaps') return null;
  const { batch } = arrivals;
  return batch.site < 0 && batch.value === 1 ? null : batch;
}
