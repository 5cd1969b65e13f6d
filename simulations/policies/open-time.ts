/** Openings that were left before their time and may stay in the ring. */
const leftTolerated = 64;

/**
 * Time that breakers are open, added up without an event: all stay open equally long, so those that
 * opened first are over first, and a ring of them is walked when the time is asked for.
 */
export class OpenTime {
  /** One number: ∫ open breakers dt since time 0, up to the last account, in s. */
  readonly integralSec = new Float64Array(1);
  readonly #clock: Float64Array;
  readonly #accountedSec = new Float64Array(1);
  #untilSec = new Float64Array(16);
  #openings = new Int32Array(16);
  /** By opening: whether it was left before its time; only of those in the ring. */
  readonly #left = new Set<number>();
  #head = 0;
  #count = 0;
  #open = 0;
  #opening = 0;

  constructor(clock: Float64Array) {
    this.#clock = clock;
  }

  /** A breaker opens until a time that is not before those of the others; returns the opening. */
  open(untilSec: number): number {
    this.account();
    if (this.#count === this.#openings.length) this.#grow();
    const at = (this.#head + this.#count++) & (this.#openings.length - 1);
    this.#untilSec[at] = untilSec;
    this.#openings[at] = ++this.#opening;
    this.#open++;
    return this.#opening;
  }

  /** An opening ends before its time, with the session whose breaker it was. */
  leave(opening: number): void {
    this.account();
    this.#left.add(opening);
    this.#open--;
    if (this.#left.size > leftTolerated && 2 * this.#left.size > this.#count) this.#dropLeft();
  }

  /** Credits the time since the last account to the breakers that were open during it. */
  account(): void {
    const nowSec = this.#clock[0];
    const mask = this.#openings.length - 1;
    while (this.#count > 0 && this.#untilSec[this.#head] <= nowSec) {
      this.#credit(this.#untilSec[this.#head]);
      if (!this.#left.delete(this.#openings[this.#head])) this.#open--;
      this.#head = (this.#head + 1) & mask;
      this.#count--;
    }
    this.#credit(nowSec);
  }

  /** Forgets the openings that were left. */
  #dropLeft(): void {
    const mask = this.#openings.length - 1;
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      const from = (this.#head + i) & mask;
      if (this.#left.has(this.#openings[from])) continue;
      const to = (this.#head + kept++) & mask;
      this.#untilSec[to] = this.#untilSec[from];
      this.#openings[to] = this.#openings[from];
    }
    this.#count = kept;
    this.#left.clear();
  }

  #credit(toSec: number): void {
    this.integralSec[0] += this.#open * (toSec - this.#accountedSec[0]);
    this.#accountedSec[0] = toSec;
  }

  #grow(): void {
    const from = this.#openings.length;
    const untilSec = new Float64Array(2 * from);
    const openings = new Int32Array(2 * from);
    for (let i = 0; i < this.#count; i++) {
      untilSec[i] = this.#untilSec[(this.#head + i) & (from - 1)];
      openings[i] = this.#openings[(this.#head + i) & (from - 1)];
    }
    this.#untilSec = untilSec;
    this.#openings = openings;
    this.#head = 0;
  }
}
