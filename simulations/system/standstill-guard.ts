/** Happenings at one moment that are still taken for work, not for a loop. */
const maxAtOnce = 100_000;

/** Notices when the same thing happens again and again without any time passing. */
export class StandstillGuard {
  readonly #clock: Float64Array;
  #atSec = Number.NaN;
  #count = 0;

  constructor(clock: Float64Array) {
    this.#clock = clock;
  }

  /** Counts that it happens now; returns whether it has happened too often at this moment. */
  count(): boolean {
    if (this.#atSec !== this.#clock[0]) this.#count = 0;
    this.#atSec = this.#clock[0];
    return ++this.#count > maxAtOnce;
  }
}
