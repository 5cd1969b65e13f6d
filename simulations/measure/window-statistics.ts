import { SampleSketch, type SampleSketchState } from './sample-sketch';

/** What one window of simulated time held, as plain data. Windows of a replication add up. */
export interface WindowResult {
  readonly durationSec: number;
  /** Time with `firstSlotsInUse + i` slots in use, in seconds. */
  readonly timeSecBySlotsInUse: Float64Array;
  readonly firstSlotsInUse: number;
  readonly waitingIntegralSec: number; // ∫ waiting agents dt
  readonly attempts: number; //           acquire attempts that ended in the window
  readonly timeouts: number;
  readonly waitSec: SampleSketchState; // of ended attempts; a timeout counts with its full wait
  readonly turnSec: SampleSketchState; // of turns that ended; none for a turn that failed
  readonly failedTurns: number;
}

/** Collects a pool's time-weighted state and the samples of one window; adds, never allocates. */
export class WindowStatistics {
  readonly timeSecBySlotsInUse: Float64Array;
  timeouts = 0;
  failedTurns = 0;
  readonly waitSec = new SampleSketch();
  readonly turnSec = new SampleSketch();
  readonly #startSec: number;
  readonly #waitingIntegralSec: number;

  /** Begins a window at a time up to which the waiting integral of the pool is as given. */
  constructor(slots: number, startSec: number, waitingIntegralSec: number) {
    this.timeSecBySlotsInUse = new Float64Array(slots + 1);
    this.#startSec = startSec;
    this.#waitingIntegralSec = waitingIntegralSec;
  }

  /** Ends the window, at a time up to which the waiting integral of the pool is as given. */
  close(endSec: number, waitingIntegralSec: number): WindowResult {
    const times = this.timeSecBySlotsInUse;
    let first = 0;
    let end = times.length;
    while (first < end && times[first] === 0) first++;
    while (end > first && times[end - 1] === 0) end--;
    return {
      durationSec: endSec - this.#startSec,
      timeSecBySlotsInUse: times.slice(first, end),
      firstSlotsInUse: first,
      waitingIntegralSec: waitingIntegralSec - this.#waitingIntegralSec,
      attempts: this.waitSec.count,
      timeouts: this.timeouts,
      waitSec: this.waitSec.toState(),
      turnSec: this.turnSec.toState(),
      failedTurns: this.failedTurns,
    };
  }
}
