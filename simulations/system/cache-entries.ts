import { KeyIndex } from './key-index';

/**
 * Entries of a cache with their ends, in the order in which they were used.
 *
 * An entry that has run out stays in its slot, but goes to the end of that order: it is the first
 * to make room. What `find` and `fill` are about is `index.key[0]`; times go through `expiresSec`.
 */
export class CacheEntries {
  readonly index = new KeyIndex();
  /** By slot: time at which the entry ends; −∞ once it was seen to have ended. */
  expiresSec = new Float64Array(this.index.capacity);
  readonly #most: number;
  #newer = new Int32Array(this.index.capacity);
  #older = new Int32Array(this.index.capacity);
  #newest = -1;
  #oldest = -1;

  /** @param most entries held; `Infinity` where unbounded */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether the next key to be added pushes out an entry that had not run out. */
  get isPushingOut(): boolean {
    return this.index.size >= this.#most && this.expiresSec[this.#oldest] > -Infinity;
  }

  /** Makes an entry the most recently used. */
  touch(slot: number): void {
    if (this.#newest === slot) return;
    this.#unlink(slot);
    this.#linkNewest(slot);
  }

  /** Marks an entry as run out. */
  expire(slot: number): void {
    this.expiresSec[slot] = Number.NEGATIVE_INFINITY;
    if (this.#oldest === slot) return;
    this.#unlink(slot);
    this.#older[slot] = -1;
    this.#newer[slot] = this.#oldest;
    if (this.#oldest >= 0) this.#older[this.#oldest] = slot;
    else this.#newest = slot;
    this.#oldest = slot;
  }

  /** Gives the key, which has none, an entry that is the most recently used; returns its slot. */
  add(): number {
    const { index } = this;
    if (index.size >= this.#most) this.#evict();
    const slot = index.add();
    if (index.capacity > this.expiresSec.length) this.#grow();
    this.#linkNewest(slot);
    return slot;
  }

  /** Loses everything. */
  clear(): void {
    this.index.clear();
    this.#newest = -1;
    this.#oldest = -1;
  }

  #evict(): void {
    const { index } = this;
    const key = index.key[0];
    const slot = this.#oldest;
    this.#unlink(slot);
    index.key[0] = index.keyOf[slot];
    index.remove();
    index.key[0] = key;
  }

  #linkNewest(slot: number): void {
    this.#newer[slot] = -1;
    this.#older[slot] = this.#newest;
    if (this.#newest >= 0) this.#newer[this.#newest] = slot;
    else this.#oldest = slot;
    this.#newest = slot;
  }

  #unlink(slot: number): void {
    const newer = this.#newer[slot];
    const older = this.#older[slot];
    if (newer >= 0) this.#older[newer] = older;
    else this.#newest = older;
    if (older >= 0) this.#newer[older] = newer;
    else this.#oldest = newer;
  }

  #grow(): void {
    const to = this.index.capacity;
    const expiresSec = new Float64Array(to);
    expiresSec.set(this.expiresSec);
    this.expiresSec = expiresSec;
    const newer = new Int32Array(to);
    newer.set(this.#newer);
    this.#newer = newer;
    const older = new Int32Array(to);
    older.set(this.#older);
    this.#older = older;
  }
}
