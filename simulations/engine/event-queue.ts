const initialCapacity = 64;

/**
 * Future event list: a binary min-heap on typed arrays, ordered by time, then by insertion order.
 *
 * The second key makes simultaneous events first-in first-out, and so makes a run a pure function
 * of its scenario and seed. `pop` leaves the root open and the next `push` drops its event there:
 * an event that brings about its own successor costs one pass down the heap instead of two. Slots
 * are reused; memory doubles to the peak size and never shrinks.
 */
export class EventQueue {
  #timeSec = new Float64Array(initialCapacity + 1).fill(Number.POSITIVE_INFINITY);
  #order = new Float64Array(initialCapacity + 1);
  #id = new Int32Array(initialCapacity + 1);
  #capacity = initialCapacity;
  #length = 0; // entries in the arrays, the open root included
  #isRootOpen = false;
  readonly #nextOrder: Float64Array;
  /** One number: the time that `pushDue` schedules an event for. */
  readonly dueSec = new Float64Array(1);

  /** @param nextOrder one number that queues share, so that their events have one order; or none */
  constructor(nextOrder: Float64Array = new Float64Array(1)) {
    this.#nextOrder = nextOrder;
  }

  /** Number of pending events. */
  get size(): number {
    return this.#isRootOpen ? this.#length - 1 : this.#length;
  }

  /**
   * Adds an event.
   *
   * @param timeSec any finite number
   * @param id what happens then; a 32-bit integer
   * @throws RangeError when the time is not finite
   */
  push(timeSec: number, id: number): void {
    this.dueSec[0] = timeSec;
    this.pushDue(id);
  }

  /** Adds an event at `dueSec[0]`, as `push`: a double that is handed over may be boxed. */
  pushDue(id: number): void {
    const timeSec = this.dueSec[0];
    if (!(timeSec < Number.POSITIVE_INFINITY)) this.#refuse();
    let slot = 0;
    if (!this.#isRootOpen) {
      if (this.#length === this.#capacity) this.#grow();
      slot = this.#length++;
    }
    this.#timeSec[slot] = timeSec;
    this.#order[slot] = this.#nextOrder[0]++;
    this.#id[slot] = id;
    if (!this.#isRootOpen) {
      this.#siftUp(slot);
      return;
    }
    this.#isRootOpen = false;
    this.#siftDown();
  }

  /** Time of the earliest event, or `Infinity` when there is none. */
  peekTimeSec(): number {
    if (this.#isRootOpen) this.#closeRoot();
    return this.#timeSec[0];
  }

  /** Order of the earliest event after `peekTimeSec`, or of the one that `pop` has just removed. */
  rootOrder(): number {
    return this.#order[0];
  }

  /** Id of the earliest event after `peekTimeSec`. */
  rootId(): number {
    return this.#id[0];
  }

  /** Removes the earliest event and returns its id; −1 when there is none. */
  pop(): number {
    if (this.#isRootOpen) this.#closeRoot();
    if (this.#length === 0) return -1;
    this.#isRootOpen = true;
    return this.#id[0];
  }

  /** Removes all events but those that a test keeps; it is given an event's id, and where its order is. */
  keepOnly(isKept: (id: number, orders: Float64Array, at: number) => boolean): void {
    if (this.#isRootOpen) this.#closeRoot();
    const length = this.#length;
    let kept = 0;
    for (let i = 0; i < length; i++) {
      if (!isKept(this.#id[i], this.#order, i)) continue;
      const timeSec = this.#timeSec[i];
      const order = this.#order[i];
      const id = this.#id[i];
      this.#timeSec[kept] = timeSec;
      this.#order[kept] = order;
      this.#id[kept] = id;
      this.#siftUp(kept++);
    }
    this.#timeSec.fill(Number.POSITIVE_INFINITY, kept, length);
    this.#length = kept;
  }

  /** Moves the last entry into the open root. Beyond the last entry all times are `Infinity`. */
  #closeRoot(): void {
    this.#isRootOpen = false;
    const last = --this.#length;
    this.#timeSec[0] = this.#timeSec[last];
    this.#order[0] = this.#order[last];
    this.#id[0] = this.#id[last];
    this.#timeSec[last] = Number.POSITIVE_INFINITY;
    if (last > 1) this.#siftDown();
  }

  /** Moves the event at the root to its place. */
  #siftDown(): void {
    const times = this.#timeSec;
    const orders = this.#order;
    const ids = this.#id;
    const length = this.#length;
    // Read from the arrays: a double handed over as an argument would be boxed on the heap.
    const timeSec = times[0];
    const order = orders[0];
    const id = ids[0];
    let hole = 0;
    for (let child = 1; child < length; child = 2 * hole + 1) {
      const left = times[child];
      const right = times[child + 1];
      // Arithmetic instead of a branch: which child is earlier is a coin toss to the predictor.
      child += Number(right < left);
      if (right === left) child += Number(orders[child + 1] < orders[child]);
      const childTimeSec = times[child];
      if (childTimeSec > timeSec || (childTimeSec === timeSec && orders[child] > order)) break;
      times[hole] = childTimeSec;
      orders[hole] = orders[child];
      ids[hole] = ids[child];
      hole = child;
    }
    times[hole] = timeSec;
    orders[hole] = order;
    ids[hole] = id;
  }

  /** Moves an event up to its place. */
  #siftUp(from: number): void {
    const times = this.#timeSec;
    const orders = this.#order;
    const ids = this.#id;
    const timeSec = times[from];
    const order = orders[from];
    const id = ids[from];
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentTimeSec = times[parent];
      if (parentTimeSec < timeSec || (parentTimeSec === timeSec && orders[parent] < order)) break;
      times[hole] = times[parent];
      orders[hole] = orders[parent];
      ids[hole] = ids[parent];
      hole = parent;
    }
    times[hole] = timeSec;
    orders[hole] = order;
    ids[hole] = id;
  }

  #refuse(): never {
    throw new RangeError(`Got ${this.dueSec[0]} s when expected the time of an event.`);
  }

  #grow(): void {
    const capacity = this.#capacity * 2;
    const timeSec = new Float64Array(capacity + 1).fill(Number.POSITIVE_INFINITY);
    timeSec.set(this.#timeSec);
    const order = new Float64Array(capacity + 1);
    order.set(this.#order);
    const id = new Int32Array(capacity + 1);
    id.set(this.#id);
    this.#timeSec = timeSec;
    this.#order = order;
    this.#id = id;
    this.#capacity = capacity;
  }
}
