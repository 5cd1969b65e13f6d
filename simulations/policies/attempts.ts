import type { CompiledBlock } from '../engine/compiled-scenario';
import { logged } from '../engine/event-log';
import { failureCause } from '../engine/failure-cause';
import { onBranchEnd } from '../engine/interpreter';
import type { Kernel } from '../engine/kernel';
import { taskState } from '../engine/op';
import type { BlockStatistics } from '../measure/block-statistics';
import { drawRetryDelay } from './backoff';
import { CircuitBreaker } from './circuit-breaker';
import { RetryBudget } from './retry-budget';

/** Attempts of one call that may begin at one moment; more would go on for ever. */
const maxAttemptsAtOnce = 100_000;

/**
 * Plays attempt blocks: each attempt is a child task, so a timeout can cancel it or let it go on
 * unheard, and what it spent for nothing is known.
 *
 * A call is one passage through a block: its first attempt and all retries. A class that cancels its
 * sessions at their deadline propagates that deadline: an attempt gets no more time than is left, and
 * no retry is planned that would begin after it.
 */
export class Attempts {
  readonly statistics: readonly BlockStatistics[];
  readonly #kernel: Kernel;
  readonly #blocks: readonly CompiledBlock[];
  readonly #breakers: readonly CircuitBreaker[];
  readonly #budgets: readonly RetryBudget[];

  constructor(kernel: Kernel, statistics: readonly BlockStatistics[]) {
    const { blocks, breakers, budgets } = kernel.compiled;
    this.#kernel = kernel;
    this.#blocks = blocks;
    this.#breakers = breakers.map(({ breaker }) => new CircuitBreaker(kernel, breaker));
    this.#budgets = budgets.map(({ budget }) => new RetryBudget(budget));
    this.statistics = statistics;
    blocks.forEach(({ breaker }, i) => {
      if (breaker >= 0) statistics[i].breaker = this.#breakers[breaker];
    });
  }

  /** A task comes to a block at an instruction: the body begins after it. */
  begin(task: number, block: number, pc: number): void {
    const { tasks, clock } = this.#kernel;
    const { budget } = this.#blocks[block];
    this.statistics[block].calls++;
    tasks.pc[task] = pc; // where the body and the exit are found again
    tasks.at[task] = block;
    tasks.attempt[task] = 0;
    tasks.callSec[task] = clock[0];
    if (budget >= 0) this.#budgets[budget].onCall(tasks.root[task]);
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
    this.#leaveOrbit(task);
    this.#start(task);
  }

  /** A task in a block is cancelled. Its child has been already. */
  withdraw(task: number): void {
    const { tasks } = this.#kernel;
    const block = tasks.at[task];
    const { breaker } = this.#blocks[block];
    this.statistics[block].cancelled++;
    if (tasks.state[task] === taskState.backingOff) this.#leaveOrbit(task);
    else if (breaker >= 0) this.#breakers[breaker].onCancelled(task);
  }

  /** A session begins: policies of its own are as new. */
  onSessionStart(root: number): void {
    for (let i = 0; i < this.#breakers.length; i++) this.#breakers[i].onSessionStart(root);
    for (let i = 0; i < this.#budgets.length; i++) this.#budgets[i].onSessionStart(root);
  }

  /** A session ends, and policies of its own with it. */
  onSessionEnd(root: number): void {
    for (let i = 0; i < this.#breakers.length; i++) this.#breakers[i].onSessionEnd(root);
  }

  #start(task: number): void {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    const nowSec = kernel.clock[0];
    const block = tasks.at[task];
    const { breaker } = this.#blocks[block];
    const isRetry = tasks.attempt[task]++ > 0;
    if (isRetry && tasks.attemptSec[task] === nowSec) this.#countInstant(task, block);
    else tasks.instantAttempts[task] = 0;
    tasks.attemptSec[task] = nowSec;
    this.statistics[block].attempts++;
    if (kernel.log !== null) kernel.note(task, logged.attempted, block);
    if (breaker >= 0 && !this.#breakers[breaker].admit(task)) {
      this.#onFailure(task, block, failureCause.circuit_open);
      return;
    }
    tasks.state[task] = taskState.attempting;
    kernel.spawnChild(task, tasks.pc[task] + 1);
    this.#startTimeout(task, block);
  }

  /** Starts the timer of an attempt, if it can ring before the session is cancelled. */
  #startTimeout(task: number, block: number): void {
    const kernel = this.#kernel;
    const { timeout } = this.#blocks[block];
    if (timeout === null) return;
    kernel.draw(timeout);
    const { tasks } = kernel;
    if (tasks.root[task] >= 0 && this.#isBeyondDeadline(task)) return;
    kernel.startTimer(task);
  }

  #onResult(task: number, cause: number): void {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    const block = tasks.at[task];
    const { breaker } = this.#blocks[block];
    if (breaker >= 0) this.#breakers[breaker].onResult(task, cause !== 0);
    if (cause !== 0) {
      this.#onFailure(task, block, cause);
      return;
    }
    this.statistics[block].succeeded++;
    this.#endCall(task, block);
    tasks.pc[task] = kernel.compiled.instructions.c[tasks.pc[task]];
    kernel.goOn(task);
  }

  #onFailure(task: number, block: number, cause: number): void {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    const statistics = this.statistics[block];
    statistics.failuresByCause[cause]++;
    if (this.#planRetry(task, block, cause)) {
      tasks.serviceSec[task] = kernel.laws.drawn[0];
      tasks.state[task] = taskState.backingOff;
      statistics.account();
      statistics.backingOff++;
      if (kernel.log !== null) kernel.note(task, logged.backsOff, block);
      kernel.schedule(task);
      return;
    }
    statistics.exhausted++;
    this.#endCall(task, block);
    if (kernel.log !== null) kernel.note(task, logged.gaveUp, block);
    const { fallbackPc } = this.#blocks[block];
    if (fallbackPc >= 0) {
      statistics.fellBack++;
      tasks.pc[task] = fallbackPc;
      kernel.goOn(task);
      return;
    }
    kernel.fail(task, cause);
  }

  /** Whether there is to be another attempt, after `laws.drawn[0]` seconds. */
  #planRetry(task: number, block: number, cause: number): boolean {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    const compiled = this.#blocks[block];
    const { retry, retriedCauses, budget } = compiled;
    if (retry === null || retriedCauses[cause] !== 1) return false;
    if (retry.attempts !== 'unlimited' && tasks.attempt[task] >= retry.attempts) return false;
    drawRetryDelay(kernel, task, compiled);
    if (this.#isBeyondDeadline(task)) return false;
    return budget < 0 || this.#budgets[budget].takeToken(tasks.root[task]);
  }

  /** Whether `laws.drawn[0]` seconds from now the session will have been cancelled. */
  #isBeyondDeadline(task: number): boolean {
    const { tasks, clock, compiled, laws } = this.#kernel;
    return (
      clock[0] + laws.drawn[0] >= tasks.deadlineSec[task] &&
      compiled.classes[tasks.sessionClass[task]].isCancelledAtDeadline
    );
  }

  #endCall(task: number, block: number): void {
    const { tasks, clock } = this.#kernel;
    const statistics = this.statistics[block];
    statistics.attemptsPerCall.add(tasks.attempt[task]);
    statistics.callSec.add(clock[0] - tasks.callSec[task]);
  }

  #leaveOrbit(task: number): void {
    const statistics = this.statistics[this.#kernel.tasks.at[task]];
    statistics.account();
    statistics.backingOff--;
  }

  #countInstant(task: number, block: number): void {
    const kernel = this.#kernel;
    if (++kernel.tasks.instantAttempts[task] < maxAttemptsAtOnce) return;
    const { name } = this.#blocks[block];
    kernel.stopReason = `The retries of '${name}' take no time and have no end, so the clock would never move on.`;
  }
}
