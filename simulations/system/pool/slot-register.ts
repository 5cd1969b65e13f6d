import type { Kernel } from '@/simulations/engine/kernel';

const nobody = -1;
const holder = -2;

function widen(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(length);
  wider.set(from);
  return wider;
}

/**
 * Which slot of a pool each task is in, where slots are not all alike: they fail, or their
 * connections age. The slot that came back last is taken first.
 */
export class SlotRegister {
  readonly #kernel: Kernel;
  #size = 0; //                       slots with an id below this exist
  #most = 0; //                       ids from here on are retired as they come free
  #taskIn = new Int32Array(0); //     by slot
  #nextTaken = new Int32Array(0); //  by slot: the next of those that were taken together
  #slotOf = new Int32Array(0); //     by task
  #empty = new Int32Array(0); //      those that can be taken, the one that came back last at the end
  #emptyCount = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Ids of slots are below this. */
  get size(): number {
    return this.#size;
  }

  /** Slots that can be taken. */
  get emptyCount(): number {
    return this.#emptyCount;
  }

  /** The task that is served in a slot; −1 where it is empty, −2 where it is held. */
  taskIn(slot: number): number {
    return this.#taskIn[slot];
  }

  /** The slot that a task is served in. */
  slotOf(task: number): number {
    return this.#slotOf[task];
  }

  isEmpty(slot: number): boolean {
    return this.#taskIn[slot] === nobody;
  }

  isRetired(slot: number): boolean {
    return slot >= this.#most;
  }

  /** An empty slot, counted from the one that came back last. */
  emptyAt(index: number): number {
    return this.#empty[this.#emptyCount - 1 - index];
  }

  /** Next of the slots that were taken together; −1 after the last. */
  nextTaken(slot: number): number {
    return this.#nextTaken[slot];
  }

  /** Sets how many slots there are; those beyond are retired as they come free. */
  resize(slots: number): void {
    if (slots < this.#most) {
      const kept = this.#empty.subarray(0, this.#emptyCount).filter((slot) => slot < slots);
      this.#empty.set(kept);
      this.#emptyCount = kept.length;
    }
    const before = this.#most;
    this.#most = slots;
    if (slots > this.#size) this.#grow(slots);
    // The lowest id at the end, so that it is taken first.
    for (let slot = slots - 1; slot >= before; slot--) {
      if (this.isEmpty(slot)) this.#empty[this.#emptyCount++] = slot;
    }
  }

  /** Takes an empty slot out of those that can be taken. */
  remove(slot: number): void {
    const at = this.#empty.subarray(0, this.#emptyCount).lastIndexOf(slot);
    if (at < 0) return;
    this.#empty.copyWithin(at, at + 1, this.#emptyCount);
    this.#emptyCount--;
  }

  /** Puts an empty slot back among those that can be taken, unless it is retired. */
  restore(slot: number): void {
    if (!this.isRetired(slot)) this.#empty[this.#emptyCount++] = slot;
  }

  /** A task is served in a slot from now on. */
  occupy(slot: number, task: number): void {
    this.remove(slot);
    if (task >= this.#slotOf.length)
      this.#slotOf = widen(this.#slotOf, this.#kernel.tasks.capacity);
    this.#taskIn[slot] = task;
    this.#slotOf[task] = slot;
    this.#nextTaken[slot] = nobody;
  }

  /** A slot is held from now on, together with the chain of slots that begins at `next`. */
  hold(slot: number, next: number): void {
    this.remove(slot);
    this.#taskIn[slot] = holder;
    this.#nextTaken[slot] = next;
  }

  /** Nobody is in a slot any more. It is not among those that can be taken until it is restored. */
  vacate(slot: number): void {
    this.#taskIn[slot] = nobody;
  }

  #grow(slots: number): void {
    const length = Math.max(slots, 2 * this.#size);
    this.#taskIn = widen(this.#taskIn, length);
    this.#nextTaken = widen(this.#nextTaken, length);
    this.#empty = widen(this.#empty, length);
    this.#taskIn.fill(nobody, this.#size);
    this.#size = slots;
  }
}
