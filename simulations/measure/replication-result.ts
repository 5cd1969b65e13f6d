import type { SampleSketchState } from './sample-sketch';
import type { WindowResult } from './window-result';

/** Points of a recorded path: time averages over equal parts of the horizon. */
export const pathBins = 320;

/** Windows that may be cut off as warm-up: sixteenths of the horizon, up to one half. */
export const cuttableWindows = 8;

/** Path bins per window. */
export const binsPerWindow = pathBins / (2 * cuttableWindows);

/** Ends of the sessions of one replication, over the whole horizon. */
export interface SessionCounts {
  readonly started: number;
  readonly completed: number;
  readonly failedAcquireTimeout: number;
  readonly unfinishedAtHorizon: number; // counted from what is there, not by subtraction
}

/** The same quantity counted in two independent ways; the two agree to rounding. */
export interface BalanceCheck {
  readonly integralSec: number; // ∫ number dt, from the state of the pool
  readonly sojournSec: number; //  Σ time, from the stamps of each agent
}

/** What one replication measured; plain data that threads can pass on. */
export interface ReplicationResult {
  /** Offered concurrency as asked of the job; not whole for open arrivals. */
  readonly agents: number;
  readonly replication: number;
  readonly simulatedSec: number;
  readonly events: number;
  /** Sixteenths of the horizon up to one half, then the rest; fewer where the run was cut short. */
  readonly windows: readonly WindowResult[];
  /** Ages of the waits that had not ended at the end, each a lower bound of its wait. */
  readonly pendingWaitSec: SampleSketchState;
  readonly unfinishedTurns: number; //       of those whose start was seen
  readonly completedBins: number;
  readonly waitingMean: Float64Array; //     agents, per bin
  readonly slotsInUseMean: Float64Array; //  per bin
  readonly waitingAtEnd: Int32Array; //      per bin, at its end
  readonly slotsInUseAtEnd: Int32Array;
  readonly sessions: SessionCounts;
  readonly waitBalance: BalanceCheck; //     Little's law for the queue
  readonly holdBalance: BalanceCheck; //     Little's law for the slots
}
