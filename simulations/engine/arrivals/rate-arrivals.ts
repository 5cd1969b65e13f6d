import type { CompiledArrivals } from '../compiled-scenario';
import type { Kernel } from '../kernel';
import type { ArrivalSource } from './arrival-source';

type RateProfile = Extract<CompiledArrivals, { kind: 'rate' }>;

/**
 * Poisson arrivals whose rate is a line between two points, once or again and again.
 *
 * The time at which the integral of the rate has grown by an exponential draw of mean 1 is worked
 * out exactly, piece by piece: one draw per arrival, whatever the rate, and none that is thrown away.
 *
 * @see Çınlar, Introduction to Stochastic Processes (1975), ch. 4: inversion of the mean function
 */
export class RateArrivals implements ArrivalSource {
  readonly #kernel: Kernel;
  readonly #profile: RateProfile;
  /** Ends of the pieces: the next point, the period, or `Infinity` for the last one. */
  readonly #endSec: Float64Array;
  /** Expected arrivals in each piece, and in all; `Infinity` where the last one has no end. */
  readonly #expected: Float64Array;
  readonly #expectedInPeriod: number;
  #piece = 0;
  /** Start of the period that is under way, and the place in it, in s. */
  readonly #position = new Float64Array(2);

  constructor(kernel: Kernel, profile: RateProfile) {
    this.#kernel = kernel;
    this.#profile = profile;
    const { atSec, fromPerSec, toPerSec, repeatEverySec } = profile;
    const pieces = atSec.length;
    this.#endSec = new Float64Array(pieces);
    this.#expected = new Float64Array(pieces);
    for (let i = 0; i < pieces; i++) {
      const nextSec = i + 1 < pieces ? atSec[i + 1] : Number.POSITIVE_INFINITY;
      this.#endSec[i] = Math.min(nextSec, repeatEverySec);
      this.#expected[i] = this.#expectedUntil(i, atSec[i], this.#endSec[i]);
      if (fromPerSec[i] === 0 && toPerSec[i] === 0) this.#expected[i] = 0;
    }
    this.#expectedInPeriod = this.#expected.reduce((a, b) => a + b, 0);
  }

  next(out: Float64Array, index: number): void {
    const position = this.#position;
    const { unit, repeatEverySec } = this.#profile;
    out[index] = Number.POSITIVE_INFINITY;
    if (this.#expectedInPeriod === 0) return;
    this.#kernel.draw(unit);
    let left = this.#kernel.laws.drawn[0];
    for (;;) {
      if (this.#piece === this.#endSec.length) {
        if (repeatEverySec === Number.POSITIVE_INFINITY) return;
        const skipped = Math.floor(left / this.#expectedInPeriod);
        left -= skipped * this.#expectedInPeriod;
        position[0] += (1 + skipped) * repeatEverySec;
        position[1] = 0;
        this.#piece = 0;
      }
      const piece = this.#piece;
      const endSec = this.#endSec[piece];
      const here = this.#expectedLeft(piece);
      if (left < here) {
        position[1] = Math.min(endSec, position[1] + this.#timeToGain(piece, left));
        out[index] = position[0] + position[1];
        return;
      }
      left -= here;
      position[1] = Math.max(position[1], endSec);
      this.#piece++;
    }
  }

  /** Expected arrivals from the present place to the end of a piece. */
  #expectedLeft(piece: number): number {
    const nowSec = this.#position[1];
    const { atSec } = this.#profile;
    if (this.#expected[piece] === 0 || nowSec <= atSec[piece]) return this.#expected[piece];
    return this.#expectedUntil(piece, nowSec, this.#endSec[piece]);
  }

  #expectedUntil(piece: number, fromSec: number, toSec: number): number {
    if (!(toSec > fromSec)) return 0;
    const slope = this.#slope(piece);
    const rate = this.#rateAt(piece, fromSec);
    if (slope === 0) return rate * (toSec - fromSec);
    return 0.5 * (rate + this.#rateAt(piece, toSec)) * (toSec - fromSec);
  }

  /** Time in which the integral of the rate grows by `gain` from the present place. */
  #timeToGain(piece: number, gain: number): number {
    if (gain === 0) return 0;
    const rate = this.#rateAt(piece, this.#position[1]);
    const slope = this.#slope(piece);
    if (slope === 0) return gain / rate;
    const root = Math.sqrt(Math.max(0, rate * rate + 2 * slope * gain));
    return (2 * gain) / (rate + root);
  }

  #rateAt(piece: number, sec: number): number {
    const { atSec, fromPerSec } = this.#profile;
    const slope = this.#slope(piece);
    if (slope === 0) return fromPerSec[piece];
    return Math.max(0, fromPerSec[piece] + slope * (sec - atSec[piece]));
  }

  #slope(piece: number): number {
    const { atSec, fromPerSec, toPerSec } = this.#profile;
    if (piece + 1 === atSec.length) return 0;
    const lengthSec = atSec[piece + 1] - atSec[piece];
    return lengthSec > 0 ? (toPerSec[piece] - fromPerSec[piece]) / lengthSec : 0;
  }
}
