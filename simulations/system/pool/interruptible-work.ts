import type { Kernel } from '@/simulations/engine/kernel';
import type { StationStatistics } from '@/simulations/measure/station-statistics';
import { WaiterQueue } from './waiter-queue';

/**
 * Services of a pool that can be broken off and go on where they were: under repairs, and under the
 * preemptive discipline.
 *
 * A wait is counted once, when it ends. Under the preemptive discipline a request may wait again, so
 * there it is counted at the end of the service: all of its waits together.
 */
export class InterruptibleWork {
  readonly #kernel: Kernel;
  readonly #station: number;
  readonly #statistics: StationStatistics;
  readonly #byPriority: WaiterQueue | null; // those in service, where they can be broken off

  constructor(
    kernel: Kernel,
    station: number,
    statistics: StationStatistics,
    isPreemptive: boolean,
  ) {
    this.#kernel = kernel;
    this.#station = station;
    this.#statistics = statistics;
    this.#byPriority = isPreemptive ? new WaiterQueue(kernel, 'preemptive', -1) : null;
  }

  /** A task joins the station: it has not been served, and its wait begins. */
  onRequest(task: number): void {
    const { tasks, clock } = this.#kernel;
    tasks.sinceSec[task] = clock[0];
    tasks.servedSinceSec[task] = Number.NaN;
  }

  /** Counts the wait that ended as a task is served, unless it may wait again. */
  onServed(task: number, hasWaited: boolean): void {
    if (this.#byPriority !== null) return;
    if (hasWaited) this.countWait(task);
    else this.#statistics.addNoWait(this.#kernel.tasks.sessionClass[task]);
  }

  /**
   * Begins the service of a task, or goes on with what is left of it.
   *
   * @param pc the instruction that tells how long it takes
   * @param factor how many times as long, if it is new
   * @param connectSec one number: time before that, in s
   */
  begin(task: number, pc: number, factor: number, connectSec: Float64Array): void {
    const kernel = this.#kernel;
    const { tasks, laws, clock } = kernel;
    const isNew = !(tasks.servedSinceSec[task] >= 0);
    kernel.drawDuration(task, pc);
    tasks.serviceSec[task] = laws.drawn[0] * (isNew ? factor : 1) + connectSec[0];
    tasks.servedSinceSec[task] = clock[0];
    this.#byPriority?.add(task);
    kernel.startService(task, this.#station);
  }

  /** A task leaves service for good. */
  end(task: number): void {
    if (this.#byPriority === null) return;
    this.#byPriority.remove(task);
    this.#shiftWait(task);
    this.countWait(task);
  }

  /** Who is broken off for a task: the last to begin of the lowest priority; −1 where nobody is. */
  findVictim(task: number): number {
    const { priority } = this.#kernel.tasks;
    const victim = this.#byPriority === null ? -1 : this.#byPriority.last();
    return victim >= 0 && priority[victim] > priority[task] ? victim : -1;
  }

  /** Breaks off the service of a task, which waits again. */
  breakOff(victim: number): void {
    this.#byPriority?.remove(victim);
    this.suspend(victim);
    this.#shiftWait(victim);
  }

  /** Lets the service of a task stand still; what is left of it is what it asks for next. */
  suspend(task: number): void {
    const { tasks, clock } = this.#kernel;
    const servedSec = clock[0] - tasks.servedSinceSec[task];
    tasks.residualSec[task] = Math.max(0, tasks.serviceSec[task] - servedSec);
    this.#kernel.unschedule(task);
  }

  /** Goes on with a service that stood still in its slot. */
  resume(task: number): void {
    const kernel = this.#kernel;
    const { tasks, clock } = kernel;
    tasks.serviceSec[task] = tasks.residualSec[task];
    this.forget(task);
    this.#shiftWait(task);
    tasks.servedSinceSec[task] = clock[0];
    kernel.startService(task, this.#station);
  }

  /** A task leaves without its service: what is left of it is nobody's. */
  forget(task: number): void {
    this.#kernel.tasks.residualSec[task] = Number.NaN;
  }

  /** Counts the wait of a task, which ends now. */
  countWait(task: number): void {
    const { tasks, clock } = this.#kernel;
    this.#statistics.addWait(tasks.sessionClass[task], Math.min(clock[0], tasks.sinceSec[task]));
  }

  /** Moves the start of a task's wait by the time it was in service, so that only waits count. */
  #shiftWait(task: number): void {
    const { tasks, clock } = this.#kernel;
    tasks.sinceSec[task] += clock[0] - tasks.servedSinceSec[task];
  }
}
