const initialCapacity = 64;

/** Lists of messages, each first in, first out: those that can be received, and those that were. */
export const messageList = { visible: 0, underWay: 1 } as const;

/** Messages of a queue as a struct of arrays, addressed by id, each in one of two lists. */
export class MessageTable {
  sessionClass = new Int32Array(initialCapacity);
  priority = new Int32Array(initialCapacity);
  receives = new Int32Array(initialCapacity);
  publisher = new Int32Array(initialCapacity); // task that waits for its end; −1: nobody
  delivery = new Int32Array(initialCapacity); //  whose end counts; −1: none
  publishedSec = new Float64Array(initialCapacity);
  sinceSec = new Float64Array(initialCapacity); // in its list
  /** By list: the first message, −1 for none, and how many there are. */
  readonly head = new Int32Array(2).fill(-1);
  readonly count = new Int32Array(2);
  readonly #tail = new Int32Array(2).fill(-1);
  readonly #clock: Float64Array;
  #next = new Int32Array(initialCapacity);
  #previous = new Int32Array(initialCapacity);
  #free = -1;
  #used = 0;

  constructor(clock: Float64Array) {
    this.#clock = clock;
  }

  /** Takes a message that is in no list. */
  take(sessionClass: number, priority: number): number {
    let message = this.#free;
    if (message >= 0) this.#free = this.#next[message];
    else {
      if (this.#used === this.receives.length) this.#grow();
      message = this.#used++;
    }
    this.sessionClass[message] = sessionClass;
    this.priority[message] = priority;
    this.receives[message] = 0;
    this.publisher[message] = -1;
    this.delivery[message] = -1;
    this.publishedSec[message] = this.#clock[0];
    return message;
  }

  /** Gives a message back that is in no list. */
  leave(message: number): void {
    this.delivery[message] = -1;
    this.#next[message] = this.#free;
    this.#free = message;
  }

  /** Puts a message at the end of a list. */
  join(list: number, message: number): void {
    const tail = this.#tail[list];
    this.sinceSec[message] = this.#clock[0];
    this.#next[message] = -1;
    this.#previous[message] = tail;
    if (tail >= 0) this.#next[tail] = message;
    else this.head[list] = message;
    this.#tail[list] = message;
    this.count[list]++;
  }

  /** Takes a message out of its list. */
  part(list: number, message: number): void {
    const next = this.#next[message];
    const previous = this.#previous[message];
    if (previous >= 0) this.#next[previous] = next;
    else this.head[list] = next;
    if (next >= 0) this.#previous[next] = previous;
    else this.#tail[list] = previous;
    this.count[list]--;
  }

  /** The message after another one in its list; −1 after the last. */
  after(message: number): number {
    return this.#next[message];
  }

  #grow(): void {
    const to = 2 * this.receives.length;
    const widen = <T extends Int32Array | Float64Array>(from: T, wider: T): T => {
      wider.set(from);
      return wider;
    };
    this.sessionClass = widen(this.sessionClass, new Int32Array(to));
    this.priority = widen(this.priority, new Int32Array(to));
    this.receives = widen(this.receives, new Int32Array(to));
    this.publisher = widen(this.publisher, new Int32Array(to));
    this.delivery = widen(this.delivery, new Int32Array(to));
    this.publishedSec = widen(this.publishedSec, new Float64Array(to));
    this.sinceSec = widen(this.sinceSec, new Float64Array(to));
    this.#next = widen(this.#next, new Int32Array(to));
    this.#previous = widen(this.#previous, new Int32Array(to));
  }
}
