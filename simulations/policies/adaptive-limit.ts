import type { Admission } from '@/simulations/scenario/policy';

type AdaptiveLimitPlan = NonNullable<Admission['adaptiveLimit']>;

// Defaults of Netflix concurrency-limits, AIMDLimit (00f751f) and Gradient2Limit (14ddfa2), read
// 2026-11-21.
const backoffRatio = 0.9;
const aimdTargetSec = 5;
const queueSize = 4;
const smoothing = 0.2;
const longWindowSamples = 600;
const firstSamples = 10;
const longDecay = 0.9;

// Bounds where a scenario names none; theirs would keep small pools from shedding at all.
const defaultMin = 1;
const defaultMax = 1_000;

/**
 * Limit of requests in a resource that follows the times they stay there.
 *
 * `aimd`: a stay above the target, or a request that was given up, takes the limit times 0.9; any
 * other raises it by 1 while at least half of it is used. `gradient` (Gradient2):
 * g = max(½, min(1, long ÷ stay)) with `long` the exponential average of 600 stays; the limit moves
 * by a fifth towards g · limit + 4, while at least half of it is used. A `long` over twice the stay
 * comes down by a tenth, so that it recovers after an overload.
 *
 * Theirs looks once per window, this one at every stay.
 *
 * @see github.com/Netflix/concurrency-limits
 */
export class AdaptiveLimit {
  /** The limit now; requests beyond its whole part are refused. */
  limit: number;
  readonly #isGradient: boolean;
  readonly #min: number;
  readonly #max: number;
  readonly #targetSec: number;
  #longSec = 0;
  #samples = 0;

  constructor({ kind, initial, min, max, targetSec }: AdaptiveLimitPlan) {
    this.#isGradient = kind === 'gradient';
    this.#min = min ?? Math.min(defaultMin, initial);
    this.#max = max ?? Math.max(defaultMax, initial);
    this.#targetSec = targetSec ?? aimdTargetSec;
    this.limit = Math.min(this.#max, Math.max(this.#min, initial));
  }

  /**
   * A request has left.
   *
   * @param staySec from its arrival to its end
   * @param inSystem requests there until then, itself included
   * @param isDropped whether it was given up
   */
  observe(staySec: number, inSystem: number, isDropped: boolean): void {
    if (this.#isGradient) this.#followGradient(staySec, inSystem);
    else if (isDropped || staySec > this.#targetSec) {
      this.#set(Math.floor(this.limit * backoffRatio));
    } else if (2 * inSystem >= this.limit) this.#set(this.limit + 1);
  }

  #followGradient(staySec: number, inSystem: number): void {
    const count = ++this.#samples;
    // The first ten stays are averaged evenly: an exponential average would start at the first.
    const weight = count <= firstSamples ? 1 / count : 2 / (longWindowSamples + 1);
    this.#longSec += weight * (staySec - this.#longSec);
    const longSec = this.#longSec;
    if (longSec > 2 * staySec) this.#longSec *= longDecay;
    if (2 * inSystem < this.limit || staySec === 0) return;
    const gradient = Math.max(0.5, Math.min(1, longSec / staySec));
    const aim = gradient * this.limit + queueSize;
    this.#set(this.limit * (1 - smoothing) + aim * smoothing);
  }

  #set(limit: number): void {
    this.limit = Math.min(this.#max, Math.max(this.#min, limit));
  }
}
