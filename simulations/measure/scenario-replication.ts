import type { BlockWindow } from './block-statistics';
import type { ClassWindow } from './class-statistics';
import type { SampleSketchState } from './sample-sketch';
import type { StationWindow } from './station-statistics';

/** Path bins of a replication: time averages over equal parts of the horizon. */
export const replicationBins = 320;

/** Windows that may be cut off as warm-up: sixteenths of the horizon, up to one half. */
export const replicationWindows = 8;

/** What a station was like over time: per bin, time averages. */
export interface StationPath {
  readonly inUseMean: Float64Array;
  readonly waitingMean: Float64Array;
}

/** What one replication of a scenario measured; plain data that threads can pass on. */
export interface ScenarioReplication {
  readonly replication: number;
  readonly simulatedSec: number; //   shorter than the horizon where it stopped
  readonly stopReason: string | null;
  readonly events: number;
  /** By class, station and block, then by window: eight sixteenths of the horizon, then the rest. */
  readonly classWindows: readonly (readonly ClassWindow[])[];
  readonly stationWindows: readonly (readonly StationWindow[])[];
  readonly blockWindows: readonly (readonly BlockWindow[])[];
  readonly stationPaths: readonly StationPath[];
  readonly inProgressPaths: readonly Float64Array[]; // by class, per bin, time averages
  /** By class, per bin: sessions that started, and that ended well within their deadline. */
  readonly startedPaths: readonly Float64Array[];
  readonly inTimePaths: readonly Float64Array[];
  readonly completedBins: number;
  /** By class: sessions under way at the end, and turns of those whose start was seen. */
  readonly unfinishedSessions: Int32Array;
  readonly unfinishedTurns: Int32Array;
  /** By station: ages of the waits that had not ended, each a lower bound of its wait. */
  readonly pendingWaitSec: readonly SampleSketchState[];
  /** By station: what its windows count beside, in the order of `counters`. */
  readonly counterNames: readonly (readonly string[])[];
  /** By probe: sessions in progress by class, then in use + waiting by station. */
  readonly probes: readonly Float64Array[];
}
