/** Parts of a window; the oldest is forgotten as a whole. */
const parts = 10;

/**
 * Calls and failures of the last `windowSec` seconds, by place, counted in ten parts of the window:
 * what is seen reaches back between nine and ten tenths of it.
 */
export class FailureWindow {
  readonly #clock: Float64Array;
  readonly #partSec: number;
  #calls = new Int32Array(parts);
  #failures = new Int32Array(parts);
  #lastPart = new Float64Array(1); // number of the part that was counted in last, since time 0

  constructor(clock: Float64Array, windowSec: number) {
    this.#clock = clock;
    this.#partSec = windowSec / parts;
  }

  /** Counts a call that ended now. */
  add(place: number, isFailure: boolean): void {
    const now = Math.floor(this.#clock[0] / this.#partSec);
    const elapsed = Math.min(parts, now - this.#lastPart[place]);
    for (let i = 0; i < elapsed; i++) {
      const at = place * parts + ((now - i) % parts);
      this.#calls[at] = 0;
      this.#failures[at] = 0;
    }
    this.#lastPart[place] = now;
    const at = place * parts + (now % parts);
    this.#calls[at]++;
    if (isFailure) this.#failures[at]++;
  }

  /** Whether a share of at least so many calls, and at least one of them, has failed. */
  hasFailed(place: number, share: number, minimumCalls: number): boolean {
    let calls = 0;
    let failures = 0;
    for (let at = place * parts; at < (place + 1) * parts; at++) {
      calls += this.#calls[at];
      failures += this.#failures[at];
    }
    return calls >= minimumCalls && failures > 0 && failures >= share * calls;
  }

  /** Forgets all calls of a place. */
  clear(place: number): void {
    this.#calls.fill(0, place * parts, (place + 1) * parts);
    this.#failures.fill(0, place * parts, (place + 1) * parts);
  }

  /** Makes room for places below a number. */
  widen(places: number): void {
    const widenInts = (from: Int32Array<ArrayBuffer>) => {
      const wider = new Int32Array(places * parts);
      wider.set(from);
      return wider;
    };
    this.#calls = widenInts(this.#calls);
    this.#failures = widenInts(this.#failures);
    const lastPart = new Float64Array(places);
    lastPart.set(this.#lastPart);
    this.#lastPart = lastPart;
  }
}
