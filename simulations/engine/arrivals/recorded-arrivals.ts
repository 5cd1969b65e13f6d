import type { ArrivalSource } from './arrival-source';

/**
 * Arrivals at given times, once or again and again.
 *
 * Each time t that repeats comes at t, t + period, t + 2 · period …; a recording longer than its
 * period overlaps with itself.
 */
export class RecordedArrivals implements ArrivalSource {
  /** Times within the period, ascending, and the period in which each comes first. */
  readonly #atSec: Float64Array;
  readonly #firstRound: Float64Array;
  readonly #periodSec: number;
  #next = 0;
  #round = 0;

  /**
   * @param atSec ascending
   * @param periodSec above 0; `Infinity`: once
   */
  constructor(atSec: Float64Array, periodSec: number) {
    const roundOf = (sec: number) => Math.floor(sec / periodSec);
    const entries = Array.from(atSec, (sec) => ({
      round: roundOf(sec),
      withinSec: roundOf(sec) === 0 ? sec : sec - roundOf(sec) * periodSec,
    })).sort((a, b) => a.withinSec - b.withinSec);
    this.#atSec = Float64Array.from(entries, ({ withinSec }) => withinSec);
    this.#firstRound = Float64Array.from(entries, ({ round }) => round);
    this.#periodSec = periodSec;
    this.#round = this.#firstRound.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  }

  next(out: Float64Array, index: number): void {
    for (;;) {
      if (this.#next === this.#atSec.length) {
        if (this.#periodSec === Number.POSITIVE_INFINITY) {
          out[index] = Number.POSITIVE_INFINITY;
          return;
        }
        this.#next = 0;
        this.#round++;
      }
      const entry = this.#next++;
      if (this.#firstRound[entry] > this.#round) continue;
      const shiftSec = this.#round === 0 ? 0 : this.#round * this.#periodSec;
      out[index] = this.#atSec[entry] + shiftSec;
      return;
    }
  }
}
