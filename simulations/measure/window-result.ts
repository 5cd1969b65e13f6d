import type { SampleSketchState } from './sample-sketch';

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
