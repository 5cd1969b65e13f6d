const initialSlots = 64;

/** Rows or entries that a station may meet; a scenario that draws more is stopped. */
export const maxKeys = 1_000_000;

/**
 * Slots by key: an open-addressed table in typed arrays, with linear probing and no tombstones.
 *
 * Keys are whole numbers of any size, so they are passed through `key`: a double that is handed to
 * a function is boxed. Slots of removed keys are given out again, last first; nothing is allocated
 * while the number of keys does not grow.
 */
export class KeyIndex {
  /** One number: the key that `find`, `add` and `remove` are about. */
  readonly key = new Float64Array(1);
  /** By slot. */
  keyOf = new Float64Array(initialSlots);
  size = 0;
  #places = new Int32Array(2 * initialSlots).fill(-1); // slot at a place of the table, −1: none
  #free = new Int32Array(initialSlots);
  #freeCount = 0;
  #used = 0;
  readonly #words = new Int32Array(this.key.buffer);

  /** Slots are below this. */
  get capacity(): number {
    return this.keyOf.length;
  }

  /** Slot of the key; −1 where it has none. */
  find(): number {
    const places = this.#places;
    const mask = places.length - 1;
    const wanted = this.key[0];
    for (let place = this.#hash() & mask; ; place = (place + 1) & mask) {
      const slot = places[place];
      if (slot < 0 || this.keyOf[slot] === wanted) return slot;
    }
  }

  /** Gives the key a slot, which it has not. */
  add(): number {
    if (this.size === this.keyOf.length) this.#grow();
    const slot = this.#freeCount > 0 ? this.#free[--this.#freeCount] : this.#used++;
    this.keyOf[slot] = this.key[0];
    this.size++;
    this.#put(slot);
    return slot;
  }

  /** Takes the slot from the key, which has one. */
  remove(): void {
    const places = this.#places;
    const mask = places.length - 1;
    let place = this.#hash() & mask;
    const wanted = this.key[0];
    while (this.keyOf[places[place]] !== wanted) place = (place + 1) & mask;
    this.#free[this.#freeCount++] = places[place];
    this.size--;
    // Those after it move back as far as their hash lets them, so that no search ends too early.
    let gap = place;
    for (let next = (gap + 1) & mask; places[next] >= 0; next = (next + 1) & mask) {
      this.key[0] = this.keyOf[places[next]];
      const home = this.#hash() & mask;
      if (((next - home) & mask) < ((next - gap) & mask)) continue;
      places[gap] = places[next];
      gap = next;
    }
    places[gap] = -1;
    this.key[0] = wanted;
  }

  /** Takes all slots back. */
  clear(): void {
    this.#places.fill(-1);
    this.#freeCount = 0;
    this.#used = 0;
    this.size = 0;
  }

  #put(slot: number): void {
    const places = this.#places;
    const mask = places.length - 1;
    let place = this.#hash() & mask;
    while (places[place] >= 0) place = (place + 1) & mask;
    places[place] = slot;
  }

  /** Mixes the bits of the key as doubles have them. */
  #hash(): number {
    let hash = Math.imul(this.#words[0] ^ Math.imul(this.#words[1], 0x85ebca6b), 0x9e3779b1);
    hash ^= hash >>> 15;
    return Math.imul(hash, 0x2c1b3c6d) ^ (hash >>> 13);
  }

  #grow(): void {
    const keyOf = new Float64Array(2 * this.keyOf.length);
    keyOf.set(this.keyOf);
    this.keyOf = keyOf;
    this.#free = new Int32Array(keyOf.length);
    this.#places = new Int32Array(2 * keyOf.length).fill(-1);
    const key = this.key[0];
    for (let slot = 0; slot < this.#used; slot++) {
      this.key[0] = keyOf[slot];
      this.#put(slot);
    }
    this.key[0] = key;
  }
}
