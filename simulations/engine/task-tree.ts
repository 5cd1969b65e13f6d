import { logged } from './event-log';
import type { Kernel } from './kernel';
import { taskState } from './op';

/** Class and priority that work nobody waits for is done with. */
export interface WorkKind {
  sessionClass: number;
  priority: number;
}

/** Makes tasks and ends them, well or not: who waits for whom, and what becomes of what is held. */
export class TaskTree {
  readonly #kernel: Kernel;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Makes a child of a task that begins at an instruction; it is ready to run. */
  spawnChild(parent: number, pc: number): number {
    const { tasks } = this.#kernel;
    const child = tasks.take();
    tasks.sessionClass[child] = tasks.sessionClass[parent];
    tasks.priority[child] = tasks.priority[parent];
    tasks.root[child] = tasks.root[parent];
    tasks.deadlineSec[child] = tasks.deadlineSec[parent];
    tasks.version[child] = tasks.version[parent];
    tasks.pc[child] = pc;
    tasks.adopt(parent, child);
    this.#kernel.goOn(child);
    return child;
  }

  /**
   * Makes a task that nobody waits for but a station, which hears of its end; ready to run.
   *
   * @param job what the station finds again in `tasks.job` when it hears
   */
  spawnOwned(owner: number, like: WorkKind, job: number, pc: number): number {
    const { tasks } = this.#kernel;
    const task = tasks.take();
    tasks.sessionClass[task] = like.sessionClass;
    tasks.priority[task] = like.priority;
    tasks.root[task] = -1;
    tasks.version[task] = -1;
    tasks.owner[task] = owner;
    tasks.hasMore[task] = 1;
    tasks.job[task] = job;
    tasks.pc[task] = pc;
    this.#kernel.goOn(task);
    return task;
  }

  /** Ends a task, its children with it, and tells whoever waits for it; cause 0 is success. */
  end(task: number, cause: number): void {
    const kernel = this.#kernel;
    const { tasks, retryAfterSec } = kernel;
    const parent = tasks.parent[task];
    const askedSec = retryAfterSec[0];
    retryAfterSec[0] = 0; // is for those who hear of this end, and no one else
    if (tasks.firstChild[task] >= 0) this.killChildren(task);
    if (tasks.root[task] === task) {
      kernel.sessions.end(task, cause);
      return;
    }
    const owner = tasks.owner[task];
    if (cause === 0 && parent >= 0) this.#passOn(task, parent);
    else if (cause === 0 && owner >= 0) kernel.holdings.releaseAll(task);
    else this.#drop(task);
    tasks.disown(task);
    if (owner >= 0) kernel.stations[owner].onOwnedEnd(task, cause);
    kernel.timers.stop(task);
    tasks.leave(task);
    if (parent < 0) return;
    retryAfterSec[0] = askedSec;
    if (tasks.state[parent] === taskState.parked) {
      kernel.stations[tasks.at[parent]].onChildEnd(parent, cause);
    } else kernel.attempts.onChildEnd(parent, cause);
    retryAfterSec[0] = 0;
  }

  /** Cancels a task and its children: what they hold comes back, nobody is told. */
  kill(task: number): void {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    if (kernel.log !== null) kernel.note(task, logged.wasCancelled, 0);
    if (tasks.firstChild[task] >= 0) this.killChildren(task);
    this.#withdraw(task);
    this.#drop(task);
    tasks.disown(task);
    kernel.unschedule(task);
    kernel.timers.stop(task);
    tasks.leave(task);
  }

  /** Cancels the children of a task. */
  killChildren(task: number): void {
    const { tasks } = this.#kernel;
    while (tasks.firstChild[task] >= 0) this.kill(tasks.firstChild[task]);
  }

  /** Takes a task out of whatever it is doing, its children and all; it stays, and holds nothing. */
  interrupt(task: number): void {
    const kernel = this.#kernel;
    if (kernel.tasks.firstChild[task] >= 0) this.killChildren(task);
    this.#withdraw(task);
    kernel.unschedule(task);
    kernel.timers.stop(task);
    kernel.holdings.releaseAll(task);
  }

  /** Lets work go on that nobody waits for any more. */
  orphan(task: number): void {
    this.#kernel.tasks.disown(task);
    this.#leaveSession(task);
  }

  /** Hands what a task holds and spent to its parent. */
  #passOn(task: number, parent: number): void {
    const { tasks, holdings } = this.#kernel;
    tasks.spentUsd[parent] += tasks.spentUsd[task];
    tasks.spentTokens[parent] += tasks.spentTokens[task];
    tasks.version[parent] = tasks.version[task];
    holdings.passOn(task, parent);
  }

  /** Gives back what a task holds and counts as wasted what it spent. */
  #drop(task: number): void {
    const { tasks, holdings, sessions } = this.#kernel;
    if (tasks.holdings[task] >= 0) holdings.releaseAll(task);
    if (tasks.spentTokens[task] > 0 || tasks.spentUsd[task] > 0) sessions.waste(task);
  }

  #withdraw(task: number): void {
    const kernel = this.#kernel;
    const state = kernel.tasks.state[task];
    if (state === taskState.waiting || state === taskState.serving || state === taskState.parked) {
      kernel.stations[kernel.tasks.at[task]].withdraw(task);
    } else if (state === taskState.attempting || state === taskState.backingOff) {
      kernel.attempts.withdraw(task);
    } else if (state === taskState.ready) kernel.ready.remove(task);
  }

  #leaveSession(task: number): void {
    const { tasks } = this.#kernel;
    tasks.root[task] = -1;
    for (let child = tasks.firstChild[task]; child >= 0; child = tasks.nextSibling[child]) {
      this.#leaveSession(child);
    }
  }
}
