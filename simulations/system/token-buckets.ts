/** A bucket that refills steadily up to its burst. */
export interface BucketShape {
  readonly ratePerSec: number; // tokens, at least 0
  readonly burst: number; //     tokens when full, above 0
}

/** Part of a number that adding a few of its size may be off by. */
const rounding = 2 ** -50;

/**
 * Token buckets that admit together: a demand is admitted only where every bucket has room for it.
 *
 * Full at time 0. Refilled continuously, and worked out only when looked at. A level may be below 0
 * where more is taken than was there; nothing is admitted until it has come back. Demands are left in
 * `need` and answers in typed arrays, so that nothing is allocated or boxed.
 */
export class TokenBuckets {
  /** What the demand at hand takes from each bucket. */
  readonly need: Float64Array;
  /** Tokens in each bucket at the last look. */
  readonly level: Float64Array;
  readonly burst: Float64Array;
  /** One number: seconds until all buckets have room, as `findLimit` found; Infinity: never. */
  readonly roomAfterSec = new Float64Array(1);
  readonly #ratePerSec: Float64Array;
  readonly #clock: Float64Array;
  /** Time of the last look, and factor on all rates. */
  readonly #state = Float64Array.of(0, 1);

  constructor(clock: Float64Array, shapes: readonly BucketShape[]) {
    this.#clock = clock;
    this.#ratePerSec = Float64Array.from(shapes, ({ ratePerSec }) => ratePerSec);
    this.burst = Float64Array.from(shapes, ({ burst }) => burst);
    this.level = this.burst.slice();
    this.need = new Float64Array(shapes.length);
  }

  get count(): number {
    return this.need.length;
  }

  /** Time up to which the levels are worked out, in s. */
  get lookedAtSec(): number {
    return this.#state[0];
  }

  /** Brings the levels up to the present. */
  refill(): void {
    const state = this.#state;
    const elapsedSec = this.#clock[0] - state[0];
    if (elapsedSec === 0) return;
    state[0] = this.#clock[0];
    const { level, burst } = this;
    for (let i = 0; i < level.length; i++) {
      level[i] = Math.min(level[i] + this.#ratePerSec[i] * state[1] * elapsedSec, burst[i]);
    }
  }

  /** Refills at this factor times the rates from now on. */
  scaleRates(factor: number): void {
    this.refill();
    this.#state[1] = factor;
  }

  /**
   * Finds the bucket that has room for `need` last, and leaves in `roomAfterSec` when that is.
   *
   * @returns index of the bucket; −1 where all have room now
   */
  findLimit(): number {
    this.refill();
    const { need } = this;
    let limit = -1;
    let longestSec = 0;
    for (let i = 0; i < need.length; i++) {
      const afterSec = this.secUntil(i, need[i]);
      if (afterSec <= longestSec) continue;
      longestSec = afterSec;
      limit = i;
    }
    this.roomAfterSec[0] = longestSec;
    return limit;
  }

  /**
   * Seconds from the last look until a bucket has an amount; Infinity where it never has.
   *
   * What rounding may have lost counts as there, so that a demand that waited for its tokens finds
   * them. It is taken all the same, so no more is ever let through for it.
   */
  secUntil(bucket: number, amount: number): number {
    const ratePerSec = this.#ratePerSec[bucket] * this.#state[1];
    const burst = this.burst[bucket];
    const missing = amount - this.level[bucket];
    const lost = 1e-9 * amount + rounding * (ratePerSec * this.#clock[0] + burst);
    if (missing <= lost) return 0;
    return amount > burst ? Number.POSITIVE_INFINITY : missing / ratePerSec;
  }

  /** Whether full buckets would have room for `need`. */
  canEverAdmit(): boolean {
    for (let i = 0; i < this.need.length; i++) {
      if (this.need[i] > this.burst[i]) return false;
    }
    return true;
  }

  /** Takes `need` from the buckets, whether it is there or not. */
  take(): void {
    const { level, need } = this;
    for (let i = 0; i < need.length; i++) level[i] -= need[i];
  }

  /** Puts an amount into a bucket, which holds no more than its burst; a negative one takes it. */
  put(bucket: number, amount: number): void {
    const filled = this.level[bucket] + amount;
    this.level[bucket] = Math.min(filled, this.burst[bucket]);
  }
}
