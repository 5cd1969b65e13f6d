import { binsPerWindow, cuttableWindows, pathBins } from '../measure/replication-result';
import { type WindowResult, WindowStatistics } from '../measure/window-statistics';
import type { Pool } from './pool';

/** Records the path of a pool in equal bins and hands it a new window at each window's end. */
export class PathRecorder {
  readonly #pool: Pool;
  readonly #binSec: number;
  readonly #slots: number;
  readonly #windows: WindowResult[] = [];
  readonly #waitingMean = new Float64Array(pathBins);
  readonly #slotsInUseMean = new Float64Array(pathBins);
  readonly #waitingAtEnd = new Int32Array(pathBins);
  readonly #slotsInUseAtEnd = new Int32Array(pathBins);
  #bins = 0;
  #waitingIntegralSec = 0;
  #slotsInUseIntegralSec = 0;

  constructor(pool: Pool, slots: number, horizonSec: number) {
    this.#pool = pool;
    this.#slots = slots;
    this.#binSec = horizonSec / pathBins;
  }

  /** Ends the current bin at a time up to which all events have been played. */
  closeBin(endSec: number): void {
    const pool = this.#pool;
    const bin = this.#bins++;
    pool.account(endSec);
    this.#waitingMean[bin] = (pool.waitingIntegralSec - this.#waitingIntegralSec) / this.#binSec;
    this.#slotsInUseMean[bin] =
      (pool.slotsInUseIntegralSec - this.#slotsInUseIntegralSec) / this.#binSec;
    this.#waitingIntegralSec = pool.waitingIntegralSec;
    this.#slotsInUseIntegralSec = pool.slotsInUseIntegralSec;
    this.#waitingAtEnd[bin] = pool.waiting;
    this.#slotsInUseAtEnd[bin] = pool.slotsInUse;
    const isWindowEnd = this.#bins % binsPerWindow === 0;
    if (isWindowEnd && this.#windows.length < cuttableWindows) {
      this.#windows.push(pool.window.close(endSec, pool.waitingIntegralSec));
      pool.window = new WindowStatistics(this.#slots, endSec, pool.waitingIntegralSec);
    }
  }

  /** Ends the last window and returns everything recorded. */
  finish(endSec: number) {
    const pool = this.#pool;
    pool.account(endSec);
    this.#windows.push(pool.window.close(endSec, pool.waitingIntegralSec));
    return {
      windows: this.#windows,
      pendingWaitSec: pool.pendingWaits(endSec).toState(),
      completedBins: this.#bins,
      waitingMean: this.#waitingMean,
      slotsInUseMean: this.#slotsInUseMean,
      waitingAtEnd: this.#waitingAtEnd,
      slotsInUseAtEnd: this.#slotsInUseAtEnd,
    };
  }
}
