import { SampleSketch, type SampleSketchState } from './sample-sketch';

/** What the calls of one attempt block did in one window of simulated time, as plain data. */
export interface BlockWindow {
  readonly durationSec: number;
  readonly calls: number; //                 first attempts
  readonly attempts: number;
  readonly succeeded: number; //             calls
  readonly fellBack: number; //              calls that went on with the fallback
  readonly failuresByCause: Float64Array; // attempts
  readonly exhausted: number; //             calls whose attempts all failed
  readonly backingOffIntegralSec: number; // ∫ calls between two attempts dt: the orbit
  readonly callSec: SampleSketchState; //    from the first attempt to the result
  readonly attemptsPerCall: SampleSketchState;
  readonly breakerOpenings: number;
  readonly breakerOpenSec: number;
}

/** Collects what the calls of one attempt block do; adds, never allocates. */
export class BlockStatistics {
  backingOff = 0;
  calls = 0;
  attempts = 0;
  succeeded = 0;
  fellBack = 0;
  exhausted = 0;
  breakerOpenings = 0;
  readonly breakerOpenSec = new Float64Array(1);
  readonly failuresByCause: Float64Array;
  readonly callSec = new SampleSketch();
  readonly attemptsPerCall = new SampleSketch();
  readonly #clock: Float64Array;
  readonly #totals = new Float64Array(2);
  readonly #atWindowStart = new Float64Array(2);

  constructor(clock: Float64Array, causes: number) {
    this.#clock = clock;
    this.failuresByCause = new Float64Array(causes);
  }

  /** Credits the time since the last account to the calls that backed off during it. */
  account(): void {
    const totals = this.#totals;
    const nowSec = this.#clock[0];
    totals[1] += this.backingOff * (nowSec - totals[0]);
    totals[0] = nowSec;
  }

  /** Ends the window now, up to which the state is accounted, and begins the next one. */
  closeWindow(): BlockWindow {
    const totals = this.#totals;
    const start = this.#atWindowStart;
    const window: BlockWindow = {
      durationSec: totals[0] - start[0],
      calls: this.calls,
      attempts: this.attempts,
      succeeded: this.succeeded,
      fellBack: this.fellBack,
      failuresByCause: this.failuresByCause.slice(),
      exhausted: this.exhausted,
      backingOffIntegralSec: totals[1] - start[1],
      callSec: this.callSec.toState(),
      attemptsPerCall: this.attemptsPerCall.toState(),
      breakerOpenings: this.breakerOpenings,
      breakerOpenSec: this.breakerOpenSec[0],
    };
    start.set(totals);
    this.calls = 0;
    this.attempts = 0;
    this.succeeded = 0;
    this.fellBack = 0;
    this.exhausted = 0;
    this.breakerOpenings = 0;
    this.breakerOpenSec[0] = 0;
    this.failuresByCause.fill(0);
    this.callSec.clear();
    this.attemptsPerCall.clear();
    return window;
  }
}
