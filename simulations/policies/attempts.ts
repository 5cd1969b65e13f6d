import type { CompiledBlock } from '../engine/compiled-scenario';
import { logged } from '../engine/event-log';
import { failureCause } from '../engine/failure-cause';
import { onBranchEnd } from '../engine/interpreter';
import type { Kernel } from '../engine/kernel';
import { taskState } from '../engine/op';
import type { BlockStatistics } from '../measure/block-statistics';

/**
 * Plays attempt blocks: each attempt is a child task, so a timeout can cancel it or let it go on
 * unheard, and what it spent for nothing is known.
 */
export class Attempts {
  readonly statistics: readonly BlockStatistics[];
  readonly #kernel: Kernel;
  readonly #blocks: readonly CompiledBlock[];

  constructor(kernel: Kernel, statistics: readonly BlockStatistics[]) {
    this.#kernel = kernel;
    this.#blocks = kernel.compiled.blocks;
    this.statistics = statistics;
  }

  /** A task comes to a block at an instruction: the body begins after it. */
  begin(task: number, block: number, pc: number): void {
    const { tasks } = this.#kernel;
    this.statistics[block].calls++;
    tasks.pc[task] = pc; // where the body and the exit are found again
    tasks.at[task] = block;
    tasks.attempt[task] = 0;
    this.#start(task);
  }

  /** The child of a task has ended: an attempt, or a branch of a fork. */
  onChildEnd(task: number, cause: number): void {
    const { tasks } = this.#kernel;
    if (tasks.state[task] === taskState.joining) {
      onBranchEnd(this.#kernel, task, cause);
      return;
    }
    this.#kernel.stopTimer(task);
    this.#onResult(task, cause);
  }

  /** The timeout of an attempt has come. */
  onTimeout(task: number): void {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    const block = tasks.at[task];
    if (kernel.log !== null) kernel.note(task, logged.timedOut, block);
    const child = tasks.firstChild[task];
    if (this.#blocks[block].continuesAfterTimeout) kernel.orphan(child);
    else kernel.kill(child);
    this.#onResult(task, failureCause.timeout);
  }

  /** The delay before the next attempt is over. */
  onBackoffEnd(task: number): void {
    const statistics = this.statistics[this.#kernel.tasks.at[task]];
    statistics.account();
    statistics.backingOff--;
    this.#start(task);
  }

  /** A task in a block is cancelled. Its child has been already. */
  withdraw(task: number): void {
    const { tasks } = this.#kernel;
    if (tasks.state[task] !== taskState.backingOff) return;
    const statistics = this.statistics[tasks.at[task]];
    statistics.account();
    statistics.backingOff--;
  }

  #start(task: number): void {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    const block = tasks.at[task];
    this.statistics[block].attempts++;
    tasks.attempt[task]++;
    tasks.state[task] = taskState.attempting;
    if (kernel.log !== null) kernel.note(task, logged.attempted, block);
    kernel.spawnChild(task, tasks.pc[task] + 1);
    const { timeout } = this.#blocks[block];
    if (timeout === null) return;
    kernel.draw(timeout);
    kernel.startTimer(task);
  }

  #onResult(task: number, cause: number): void {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    const block = tasks.at[task];
    const statistics = this.statistics[block];
    const exitPc = kernel.compiled.instructions.c[tasks.pc[task]];
    if (cause === 0) {
      statistics.succeeded++;
      statistics.attemptsPerCall.add(tasks.attempt[task]);
      tasks.pc[task] = exitPc;
      kernel.goOn(task);
      return;
    }
    statistics.failuresByCause[cause]++;
    const { retry, retryDelay, retriedCauses, fallbackPc } = this.#blocks[block];
    const most = retry === null ? 1 : retry.attempts === 'unlimited' ? Infinity : retry.attempts;
    if (tasks.attempt[task] < most && retriedCauses[cause] === 1) {
      let delaySec = 0;
      if (retryDelay !== null) {
        kernel.draw(retryDelay);
        delaySec = kernel.laws.drawn[0];
      }
      tasks.serviceSec[task] = delaySec;
      tasks.state[task] = taskState.backingOff;
      statistics.account();
      statistics.backingOff++;
      if (kernel.log !== null) kernel.note(task, logged.backsOff, block);
      kernel.schedule(task);
      return;
    }
    statistics.exhausted++;
    statistics.attemptsPerCall.add(tasks.attempt[task]);
    if (kernel.log !== null) kernel.note(task, logged.gaveUp, block);
    if (fallbackPc >= 0) {
      statistics.fellBack++;
      tasks.pc[task] = fallbackPc;
      kernel.goOn(task);
      return;
    }
    kernel.fail(task, cause);
  }
}
