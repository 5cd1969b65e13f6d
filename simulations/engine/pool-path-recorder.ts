import type { ClassWindow } from '../measure/class-statistics';
import {
  binsPerWindow,
  cuttableWindows,
  pathBins,
  type ReplicationResult,
} from '../measure/replication-result';
import { SampleSketch, type SampleSketchState } from '../measure/sample-sketch';
import type { StationWindow } from '../measure/station-statistics';
import type { WindowResult } from '../measure/window-result';
import { failureCause } from './failure-cause';
import type { Kernel } from './kernel';
import { taskState } from './op';

/** What a window of the pool and one of the class of agents say together. */
function combine(pool: StationWindow, agents: ClassWindow): WindowResult {
  const [waitSec] = pool.waitSecByClass;
  return {
    durationSec: pool.durationSec,
    timeSecBySlotsInUse: pool.timeSecByInUse,
    firstSlotsInUse: pool.firstInUse,
    waitingIntegralSec: pool.waitingIntegralSec,
    attempts: waitSec.count,
    timeouts: pool.failuresByCause[failureCause.acquire_timeout],
    waitSec,
    turnSec: agents.turnSec,
    failedTurns: agents.failedTurns,
  };
}

/** Records the path of the one pool of a study in equal bins, and its windows. */
export class PoolPathRecorder {
  readonly #kernel: Kernel;
  readonly #binSec: number;
  readonly #windows: WindowResult[] = [];
  readonly #waitingMean = new Float64Array(pathBins);
  readonly #slotsInUseMean = new Float64Array(pathBins);
  readonly #waitingAtEnd = new Int32Array(pathBins);
  readonly #slotsInUseAtEnd = new Int32Array(pathBins);
  readonly #sessions = { started: 0, completed: 0, failedAcquireTimeout: 0 };
  #bins = 0;
  #waitingIntegralSec = 0;
  #slotsInUseIntegralSec = 0;

  constructor(kernel: Kernel, horizonSec: number) {
    this.#kernel = kernel;
    this.#binSec = horizonSec / pathBins;
  }

  /** Ends the current bin now, up to which all events have been played. */
  closeBin(): void {
    const { statistics } = this.#kernel.stations[0];
    const bin = this.#bins++;
    statistics.account();
    const { waitingIntegralSec, inUseIntegralSec } = statistics;
    this.#waitingMean[bin] = (waitingIntegralSec - this.#waitingIntegralSec) / this.#binSec;
    this.#slotsInUseMean[bin] = (inUseIntegralSec - this.#slotsInUseIntegralSec) / this.#binSec;
    this.#waitingIntegralSec = waitingIntegralSec;
    this.#slotsInUseIntegralSec = inUseIntegralSec;
    this.#waitingAtEnd[bin] = statistics.waiting;
    this.#slotsInUseAtEnd[bin] = statistics.inUse;
    if (this.#bins % binsPerWindow === 0 && this.#windows.length < cuttableWindows) {
      this.#closeWindow();
    }
  }

  /** Ends the last window and returns everything recorded. */
  finish(): Omit<ReplicationResult, 'agents' | 'replication' | 'simulatedSec' | 'events'> {
    this.#closeWindow();
    const kernel = this.#kernel;
    const { statistics } = kernel.stations[0];
    const pendingWaitSec = this.#pendingWaits();
    return {
      windows: this.#windows,
      pendingWaitSec,
      completedBins: this.#bins,
      waitingMean: this.#waitingMean,
      slotsInUseMean: this.#slotsInUseMean,
      waitingAtEnd: this.#waitingAtEnd,
      slotsInUseAtEnd: this.#slotsInUseAtEnd,
      sessions: { ...this.#sessions, unfinishedAtHorizon: this.#countUnfinished() },
      unfinishedTurns: kernel.sessions.turnsInProgress[0],
      waitBalance: {
        integralSec: statistics.waitingIntegralSec,
        sojournSec: statistics.waitTotalSec + pendingWaitSec.sum,
      },
      holdBalance: {
        integralSec: statistics.inUseIntegralSec,
        sojournSec: kernel.holdings.heldSec[0] + this.#heldByNow(),
      },
    };
  }

  #closeWindow(): void {
    const { stations, sessions } = this.#kernel;
    const [agents] = sessions.statistics;
    stations[0].account();
    agents.account();
    const window = agents.closeWindow();
    this.#sessions.started += window.started;
    this.#sessions.completed += window.succeeded;
    this.#sessions.failedAcquireTimeout += window.failuresByCause[failureCause.acquire_timeout];
    this.#windows.push(combine(stations[0].statistics.closeWindow(), window));
  }

  /** Sessions in progress, counted from the tasks that are there. */
  #countUnfinished(): number {
    const { tasks } = this.#kernel;
    let unfinished = 0;
    for (let task = 0; task < tasks.capacity; task++) {
      const state = tasks.state[task];
      if (state !== taskState.free && state !== taskState.resting) unfinished++;
    }
    return unfinished;
  }

  #pendingWaits(): SampleSketchState {
    const { tasks, clock } = this.#kernel;
    const waits = new SampleSketch();
    for (let task = 0; task < tasks.capacity; task++) {
      if (tasks.state[task] === taskState.waiting) waits.add(clock[0] - tasks.sinceSec[task]);
    }
    return waits.toState();
  }

  /** Σ of the times that slots in use now have been held. */
  #heldByNow(): number {
    const { tasks, holdings, clock } = this.#kernel;
    let heldSec = 0;
    for (let task = 0; task < tasks.capacity; task++) {
      if (tasks.state[task] === taskState.free) continue;
      if (tasks.state[task] === taskState.serving) heldSec += clock[0] - tasks.servedSinceSec[task];
      for (let node = tasks.holdings[task]; node >= 0; node = holdings.next[node]) {
        heldSec += clock[0] - holdings.acquiredSec[node];
      }
    }
    return heldSec;
  }
}
