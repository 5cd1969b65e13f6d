import type { CompiledArrivals } from './compiled-scenario';
import type { Kernel } from './kernel';

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
    for (let i = 0; i < sessions; i++) this.#kernel.sessions.arrive(sessionClass);
    this.#advance(sessionClass);
    if (this.#sources.length === 1) {
      this.nextSec[0] = this.#nextSecByClass[0];
      this.nextOrder[0] = this.#orderByClass[0];
    } else this.#chooseNext();
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

/** Says when the next session of a class arrives. */
interface ArrivalSource {
  /** Writes the time of the next arrival to `out[index]`, which holds the present one's. */
  next(out: Float64Array, index: number): void;
}

function createSource(kernel: Kernel, arrivals: CompiledArrivals): ArrivalSource {
  switch (arrivals.kind) {
    case 'closed':
      return { next: (out, index) => out.fill(Number.POSITIVE_INFINITY, index, index + 1) };
    case 'gaps':
      return {
        next(out, index) {
          kernel.draw(arrivals.gap);
          out[index] = kernel.clock[0] + kernel.laws.drawn[0];
        },
      };
    case 'times':
      return new RecordedTimes(arrivals.atSec, arrivals.repeatEverySec);
    default:
      throw new RangeError(`Got arrivals '${arrivals.kind}' when expected some that are built.`);
  }
}

/** Arrivals at given times, once or again and again. */
class RecordedTimes implements ArrivalSource {
  readonly #atSec: Float64Array;
  readonly #repeatEverySec: number;
  #next = 0;
  #round = 0;

  constructor(atSec: Float64Array, repeatEverySec: number) {
    this.#atSec = atSec;
    this.#repeatEverySec = repeatEverySec;
  }

  next(out: Float64Array, index: number): void {
    if (this.#next === this.#atSec.length) {
      if (this.#repeatEverySec === Number.POSITIVE_INFINITY) {
        out[index] = Number.POSITIVE_INFINITY;
        return;
      }
      this.#next = 0;
      this.#round++;
    }
    const shiftSec = this.#round === 0 ? 0 : this.#round * this.#repeatEverySec;
    out[index] = this.#atSec[this.#next++] + shiftSec;
  }
}
