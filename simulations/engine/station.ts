import type { SampleSketch } from '../measure/sample-sketch';
import type { StationStatistics } from '../measure/station-statistics';
import type { Kernel } from './kernel';

/** Whoever has clocks of its own. */
export interface ClockOwner {
  /** A clock that was asked for has come; `code` is the owner's own. */
  onClock(code: number): void;
}

/**
 * A part of the system that tasks share: a pool, a provider, a queue, a cache.
 *
 * One file and one state machine each. A station never calls another one; it takes tasks, keeps them
 * in its own order, and hands them back to the kernel with `goOn`, `startService` or `fail`.
 */
export abstract class Station implements ClockOwner {
  abstract readonly statistics: StationStatistics;
  readonly kernel: Kernel;
  readonly index: number;
  /** Part of the station that the last acquire took from; kept with what is held. */
  place = 0;

  constructor(kernel: Kernel, index: number) {
    this.kernel = kernel;
    this.index = index;
  }

  /**
   * A task asks for the whole of what the station does (`op.use`).
   *
   * @param pc the instruction, whose operands the station reads
   * @returns whether the task goes on at once; else the station has it, or has failed it
   */
  abstract use(task: number, pc: number): boolean;

  /** The service of a task is over: its event has come. The kernel plays the task on after this. */
  abstract finish(task: number): void;

  /** A task that waits here or is served here is cancelled: it leaves without a result. */
  abstract withdraw(task: number): void;

  /** A task takes `units` slots to keep (`op.acquire`). Same answer as `use`. */
  acquire(_task: number, _units: number): boolean {
    throw new RangeError(`Got an acquire of station ${this.index} when expected one that is held.`);
  }

  /** What a task held comes back. */
  release(_task: number, _units: number, _place: number): void {
    throw new RangeError(`Got a release of station ${this.index} when expected one that is held.`);
  }

  /** A task is served in a slot that it or an ancestor holds. Same answer as `use`. */
  serveHeld(task: number, pc: number): boolean {
    return this.kernel.delay(task, pc);
  }

  /** The timer of a task that waits here or is served here has come. */
  onTimer(_task: number): void {}

  /** The child of a task that is parked here has ended; cause 0 is success. */
  onChildEnd(_task: number, _cause: number): void {}

  /** A task that the station spawned with itself as owner has ended; cause 0 is success. */
  onOwnedEnd(_task: number, _cause: number): void {}

  /** A clock that the station asked for has come; `code` is the station's own. */
  onClock(_code: number): void {}

  /** A fault begins (`true`) or ends; see `CompiledFault`. */
  onFault(_fault: number, _begins: boolean): void {}

  /** Adds the ages of waits that have not ended and are not those of tasks. */
  addPendingWaits(_waits: SampleSketch): void {}

  /** Credits the time since the last change to the state that held during it. */
  abstract account(): void;
}
