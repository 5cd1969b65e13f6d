import type { CompiledStation } from '../engine/compiled-scenario';
import { logged } from '../engine/event-log';
import { failureCause } from '../engine/failure-cause';
import type { Kernel } from '../engine/kernel';
import { taskState } from '../engine/op';
import type { Quantity } from '../engine/program';
import { Station } from '../engine/station';
import { StationStatistics } from '../measure/station-statistics';

/**
 * A pool of identical slots with a queue of waiters that is a list through the task table.
 *
 * Waiters leave it at either end or from the middle in constant time.
 */
export class PoolStation extends Station {
  readonly statistics: StationStatistics;
  readonly #slots: number;
  readonly #acquireTimeout: Quantity | undefined;
  #head = -1;
  #tail = -1;

  constructor(kernel: Kernel, index: number, station: CompiledStation) {
    super(kernel, index);
    const { resource } = station;
    if (resource.kind !== 'pool')
      throw new RangeError(`Got ${resource.kind} when expected a pool.`);
    this.#slots = resource.slots === 'unlimited' ? Number.POSITIVE_INFINITY : resource.slots;
    this.#acquireTimeout = station.quantities.acquireTimeoutSec;
    this.statistics = new StationStatistics(kernel.clock, {
      slots: this.#slots,
      classes: kernel.compiled.classes.length,
      causes: kernel.compiled.causes.length,
    });
  }

  use(task: number, pc: number): boolean {
    const { kernel, statistics } = this;
    const { tasks } = kernel;
    statistics.requests++;
    statistics.account();
    if (statistics.inUse < this.#slots) {
      statistics.inUse++;
      statistics.addNoWait(tasks.sessionClass[task]);
      this.#serve(task, pc);
    } else this.#enqueue(task, pc);
    return false;
  }

  override acquire(task: number, _units: number): boolean {
    const { statistics } = this;
    const { tasks } = this.kernel;
    statistics.requests++;
    statistics.account();
    if (statistics.inUse < this.#slots) {
      statistics.inUse++;
      statistics.addNoWait(tasks.sessionClass[task]);
      return true;
    }
    this.#enqueue(task, -1);
    return false;
  }

  override release(_task: number, _units: number): void {
    this.statistics.account();
    this.#grantNext();
  }

  finish(_task: number): void {
    this.statistics.account();
    this.#grantNext();
  }

  withdraw(task: number): void {
    this.statistics.account();
    const { state, sessionClass, sinceSec } = this.kernel.tasks;
    if (state[task] === taskState.waiting) {
      this.#unlink(task);
      this.statistics.addWait(sessionClass[task], sinceSec[task]);
    } else this.#grantNext();
  }

  override onTimer(task: number): void {
    this.statistics.account();
    this.#unlink(task);
    this.statistics.failuresByCause[failureCause.acquire_timeout]++;
    this.statistics.addWait(this.kernel.tasks.sessionClass[task], this.kernel.tasks.sinceSec[task]);
    this.kernel.fail(task, failureCause.acquire_timeout);
  }

  account(): void {
    this.statistics.account();
  }

  #serve(task: number, pc: number): void {
    const { kernel } = this;
    kernel.drawDuration(task, pc);
    kernel.tasks.serviceSec[task] = kernel.laws.drawn[0];
    kernel.startService(task, this.index);
  }

  #grantNext(): void {
    const { kernel, statistics } = this;
    const { tasks } = kernel;
    const task = this.#head;
    if (task < 0) {
      statistics.inUse--;
      return;
    }
    this.#unlink(task);
    statistics.addWait(tasks.sessionClass[task], tasks.sinceSec[task]);
    if (this.#acquireTimeout !== undefined) kernel.stopTimer(task);
    const pc = tasks.loadKey[task];
    if (pc >= 0) this.#serve(task, pc);
    else kernel.onAcquired(task);
  }

  /** @param pc the instruction to be served by; −1: slots to hold */
  #enqueue(task: number, pc: number): void {
    const { kernel } = this;
    const { tasks } = kernel;
    tasks.loadKey[task] = pc;
    tasks.state[task] = taskState.waiting;
    tasks.at[task] = this.index;
    tasks.sinceSec[task] = kernel.clock[0];
    tasks.next[task] = -1;
    tasks.previous[task] = this.#tail;
    if (this.#tail >= 0) tasks.next[this.#tail] = task;
    else this.#head = task;
    this.#tail = task;
    this.statistics.waiting++;
    if (this.#acquireTimeout !== undefined) {
      kernel.draw(this.#acquireTimeout);
      kernel.startTimer(task);
    }
    if (kernel.log !== null) kernel.note(task, logged.waits, this.index);
  }

  #unlink(task: number): void {
    const { next, previous } = this.kernel.tasks;
    if (previous[task] >= 0) next[previous[task]] = next[task];
    else this.#head = next[task];
    if (next[task] >= 0) previous[next[task]] = previous[task];
    else this.#tail = previous[task];
    this.statistics.waiting--;
  }
}
