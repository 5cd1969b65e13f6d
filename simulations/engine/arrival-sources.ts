import type { ArrivalSource } from './arrivals/arrival-source';
import { createSource } from './arrivals/create-source';
import type { CompiledArrivals } from './compiled-scenario';
import type { Kernel } from './kernel';

/** Sessions that may arrive at one moment; more would go on for ever, or fill the memory. */
const maxArrivalsAtOnce = 2_000_000;

/**
 * The next arrival of each open class, kept beside the event queue: an arrival costs a comparison
 * instead of a pass through the heap.
 */
export class ArrivalSources {
  /** One number: time of the next arrival; `Infinity` when there is none. */
  readonly nextSec = new Float64Array(1).fill(Number.POSITIVE_INFINITY);
  /** One number: its order among events of equal time. */
  readonly nextOrder = new Float64Array(1);
  readonly #kernel: Kernel;
  readonly #arrivals: readonly CompiledArrivals[];
  readonly #sources: readonly ArrivalSource[];
  readonly #nextSecByClass: Float64Array;
  readonly #orderByClass: Float64Array;
  #nextClass = 0;
  #arrivedAtOnce = 0;

  constructor(kernel: Kernel, arrivals: readonly CompiledArrivals[]) {
    this.#kernel = kernel;
    this.#arrivals = arrivals;
    this.#sources = arrivals.map((arrival) => createSource(kernel, arrival));
    this.#nextSecByClass = new Float64Array(arrivals.length).fill(Number.POSITIVE_INFINITY);
    this.#orderByClass = new Float64Array(arrivals.length);
  }

  /** Draws the first arrival of every class. */
  start(): void {
    for (let i = 0; i < this.#sources.length; i++) this.#advance(i);
    this.#chooseNext();
  }

  /** Lets the next arrival happen, and draws the one after it. */
  arrive(): void {
    const sessionClass = this.#nextClass;
    const arrivals = this.#arrivals[sessionClass];
    let sessions = 1;
    if (arrivals.kind === 'gaps') {
      if (arrivals.batch.site >= 0 || arrivals.batch.value !== 1) {
        this.#kernel.draw(arrivals.batch);
        sessions = Math.round(this.#kernel.laws.drawn[0]);
      }
    }
    if (this.#isTooMany(sessions)) return;
    for (let i = 0; i < sessions; i++) this.#kernel.sessions.arrive(sessionClass);
    this.#advance(sessionClass);
    if (this.#nextSecByClass[sessionClass] > this.#kernel.clock[0]) this.#arrivedAtOnce = 0;
    if (this.#sources.length === 1) {
      this.nextSec[0] = this.#nextSecByClass[0];
      this.nextOrder[0] = this.#orderByClass[0];
    } else this.#chooseNext();
  }

  /** Stops the run where arrivals at one moment have no end. */
  #isTooMany(sessions: number): boolean {
    this.#arrivedAtOnce += Math.max(1, sessions);
    if (this.#arrivedAtOnce <= maxArrivalsAtOnce) return false;
    const { name } = this.#kernel.compiled.classes[this.#nextClass];
    this.#kernel.stopReason = `More than ${maxArrivalsAtOnce} sessions of '${name}' arrive at one moment.`;
    return true;
  }

  #advance(sessionClass: number): void {
    this.#sources[sessionClass].next(this.#nextSecByClass, sessionClass);
    this.#orderByClass[sessionClass] = this.#kernel.takeOrder();
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
