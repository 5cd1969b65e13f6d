import type { BlockWindow } from '../measure/block-statistics';
import type { ClassWindow } from '../measure/class-statistics';
import { SampleSketch } from '../measure/sample-sketch';
import {
  replicationBins,
  replicationWindows,
  type ScenarioReplication,
} from '../measure/scenario-replication';
import type { StationWindow } from '../measure/station-statistics';
import type { CompiledScenario } from './compiled-scenario';
import { createKernel, startLoad } from './create-kernel';
import type { EventLog } from './event-log';
import type { Kernel } from './kernel';
import { taskState } from './op';

/** One replication of a compiled scenario. */
export interface ScenarioJob {
  readonly seed: number;
  readonly replication: number;
  readonly horizonSec: number;
  readonly maxEvents: number;
}

const binsPerWindow = replicationBins / (2 * replicationWindows);

/** Records windows, paths and probes of a kernel while it is played. */
class Recorder {
  readonly classWindows: ClassWindow[][];
  readonly stationWindows: StationWindow[][];
  readonly blockWindows: BlockWindow[][];
  readonly stationPaths: { inUseMean: Float64Array; waitingMean: Float64Array }[];
  readonly inProgressPaths: Float64Array[];
  readonly startedPaths: Float64Array[];
  readonly inTimePaths: Float64Array[];
  readonly probes: Float64Array[] = [];
  completedBins = 0;
  readonly #kernel: Kernel;
  readonly #binSec: number;
  readonly #before: Float64Array;
  /** Sessions of each class that the bins of this window count already: started, then in time. */
  readonly #counted: Float64Array;

  constructor(kernel: Kernel, horizonSec: number) {
    this.#kernel = kernel;
    this.#binSec = horizonSec / replicationBins;
    const { classes, stations, blocks } = kernel.compiled;
    this.classWindows = classes.map(() => []);
    this.stationWindows = stations.map(() => []);
    this.blockWindows = blocks.map(() => []);
    this.stationPaths = stations.map(() => ({
      inUseMean: new Float64Array(replicationBins),
      waitingMean: new Float64Array(replicationBins),
    }));
    this.inProgressPaths = classes.map(() => new Float64Array(replicationBins));
    this.startedPaths = classes.map(() => new Float64Array(replicationBins));
    this.inTimePaths = classes.map(() => new Float64Array(replicationBins));
    this.#counted = new Float64Array(2 * classes.length);
    this.#before = new Float64Array(classes.length + 2 * stations.length);
  }

  closeBin(): void {
    this.#account();
    const { sessions, stations } = this.#kernel;
    const bin = this.completedBins++;
    sessions.statistics.forEach((statistics, i) => {
      this.inProgressPaths[i][bin] = this.#step(i, statistics.inProgressIntegralSec);
      this.startedPaths[i][bin] = this.#count(2 * i, statistics.started);
      this.inTimePaths[i][bin] = this.#count(2 * i + 1, statistics.inTime);
    });
    let at = sessions.statistics.length;
    stations.forEach(({ statistics }, i) => {
      this.stationPaths[i].inUseMean[bin] = this.#step(at++, statistics.inUseIntegralSec);
      this.stationPaths[i].waitingMean[bin] = this.#step(at++, statistics.waitingIntegralSec);
    });
    const isWindowEnd = this.completedBins % binsPerWindow === 0;
    if (isWindowEnd && this.completedBins <= replicationBins / 2) this.closeWindow();
  }

  closeWindow(): void {
    this.#account();
    const { sessions, stations, attempts } = this.#kernel;
    this.#counted.fill(0);
    sessions.statistics.forEach((s, i) => {
      this.classWindows[i].push(s.closeWindow());
    });
    stations.forEach(({ statistics }, i) => {
      this.stationWindows[i].push(statistics.closeWindow());
    });
    attempts.statistics.forEach((s, i) => {
      this.blockWindows[i].push(s.closeWindow());
    });
  }

  probe(): void {
    const { sessions, stations } = this.#kernel;
    this.probes.push(
      Float64Array.from([
        ...sessions.statistics.map(({ inProgress }) => inProgress),
        ...stations.map(({ statistics }) => statistics.inUse + statistics.waiting),
      ]),
    );
  }

  #account(): void {
    const { sessions, stations, attempts } = this.#kernel;
    for (const statistics of sessions.statistics) statistics.account();
    for (const station of stations) station.account();
    for (const statistics of attempts.statistics) statistics.account();
  }

  #count(at: number, inWindow: number): number {
    const inBin = inWindow - this.#counted[at];
    this.#counted[at] = inWindow;
    return inBin;
  }

  #step(at: number, integralSec: number): number {
    const mean = (integralSec - this.#before[at]) / this.#binSec;
    this.#before[at] = integralSec;
    return mean;
  }
}

/**
 * Simulates a compiled scenario once.
 *
 * A pure function of its arguments: the streams are keyed by seed, replication and path, so equal
 * arguments give equal bytes wherever and in whatever order replications run.
 *
 * @param log follows one session, if given
 */
export function playReplication(
  compiled: CompiledScenario,
  job: ScenarioJob,
  log: EventLog | null = null,
): ScenarioReplication {
  const kernel = createKernel(compiled, job.seed, job.replication);
  kernel.log = log;
  const recorder = new Recorder(kernel, job.horizonSec);
  startLoad(kernel);
  const { probeSec } = compiled;
  let nextProbe = 0;
  let reachedSec = 0;
  for (let bin = 1; bin <= replicationBins; bin++) {
    const binEndSec = (job.horizonSec * bin) / replicationBins;
    while (nextProbe < probeSec.length && probeSec[nextProbe] <= binEndSec) {
      const atSec = probeSec[nextProbe];
      reachedSec = kernel.advanceTo(atSec, job.maxEvents);
      if (reachedSec < atSec) break;
      recorder.probe();
      nextProbe++;
    }
    reachedSec = kernel.advanceTo(binEndSec, job.maxEvents);
    if (reachedSec < binEndSec) break;
    recorder.closeBin();
  }
  recorder.closeWindow();
  const { classWindows, stationWindows, blockWindows, probes } = recorder;
  const { stationPaths, inProgressPaths, startedPaths, inTimePaths, completedBins } = recorder;
  return {
    replication: job.replication,
    simulatedSec: reachedSec,
    stopReason: completedBins < replicationBins ? describeStop(kernel, job) : null,
    events: kernel.eventCount,
    ...{ classWindows, stationWindows, blockWindows, probes },
    ...{ stationPaths, inProgressPaths, startedPaths, inTimePaths, completedBins },
    unfinishedSessions: Int32Array.from(kernel.sessions.statistics, (s) => s.inProgress),
    unfinishedTurns: kernel.sessions.turnsInProgress.slice(),
    pendingWaitSec: pendingWaits(kernel),
    counterNames: kernel.stations.map(({ statistics }) => statistics.counterNames),
  };
}

/** Why, and what to do, as a sentence; when is in `simulatedSec`. */
function describeStop(kernel: Kernel, { maxEvents }: ScenarioJob): string {
  return (
    kernel.stopReason ??
    `The limit of ${maxEvents.toLocaleString('en')} events was reached: raise \`maxEvents\`, or shorten \`horizonSec\`.`
  );
}

function pendingWaits(kernel: Kernel) {
  const { tasks } = kernel;
  const waits = kernel.stations.map(() => new SampleSketch());
  for (let task = 0; task < tasks.capacity; task++) {
    if (tasks.state[task] !== taskState.waiting) continue;
    waits[tasks.at[task]].add(kernel.clock[0] - tasks.sinceSec[task]);
  }
  kernel.stations.forEach((station, i) => {
    station.addPendingWaits(waits[i]);
  });
  return waits.map((sketch) => sketch.toState());
}
