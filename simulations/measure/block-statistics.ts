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
  readonly cancelled: number; //             calls that ended with what they were part of
  readonly backingOffIntegralSec: number; // ∫ calls between two attempts dt: the orbit
  readonly callSec: SampleSketchState; //    from the first attempt to the result, good or bad
  readonly attemptsPerCall: SampleSketchState;
  /** Of the breaker that guards the block, over all sessions and all blocks that it guards. */
  readonly breakerOpenings: number;
  readonly breakerOpenSec: number; //        ∫ open breakers dt
}

/** What a breaker has done since time 0. */
interface BreakerCounts {
  readonly openings: number;
  readonly openTime: { readonly integralSec: Float64Array; account(): void };
}

/** Collects what the calls of one attempt block do; adds, never allocates. */
export class BlockStatistics {
  backingOff = 0;
  calls = 0;
  attempts = 0;
  succeeded = 0;
  fellBack = 0;
  exhausted = 0;
  cancelled = 0;
  /** The breaker that guards the block. */
  breaker: BreakerCounts | null = null;
  readonly failuresByCause: Float64Array;
  readonly callSec = new SampleSketch();
  readonly attemptsPerCall = new SampleSketch();
  readonly #clock: Float64Array;
  /** Accounted time, ∫ backing off, openings, ∫ open breakers, all since time 0. */
  readonly #totals = new Float64Array(4);
  readonly #atWindowStart = new Float64Array(4);

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
    if (this.breaker !== null) {
      this.breaker.openTime.account();
      totals[2] = this.breaker.openings;
      totals[3] = this.breaker.openTime.integralSec[0];
    }
    const window: BlockWindow = {
      durationSec: totals[0] - start[0],
      calls: this.calls,
      attempts: this.attempts,
      succeeded: this.succeeded,
      fellBack: this.fellBack,
      failuresByCause: this.failuresByCause.slice(),
      exhausted: this.exhausted,
      cancelled: this.cancelled,
      backingOffIntegralSec: totals[1] - start[1],
      callSec: this.callSec.toState(),
      attemptsPerCall: this.attemptsPerCall.toState(),
      breakerOpenings: totals[2] - start[2],
      breakerOpenSec: totals[3] - start[3],
    };
    start.set(totals);
    this.calls = 0;
    this.attempts = 0;
    this.succeeded = 0;
    this.fellBack = 0;
    this.exhausted = 0;
    this.cancelled = 0;
    this.failuresByCause.fill(0);
    this.callSec.clear();
    this.attemptsPerCall.clear();
    return window;
  }
}
