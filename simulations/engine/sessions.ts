import type { ClassStatistics } from '../measure/class-statistics';
import type { CompiledClass } from './compiled-scenario';
import { logged } from './event-log';
import { failureCause } from './failure-cause';
import type { Kernel } from './kernel';
import { sessionEnd, taskState } from './op';
import type { Quantity } from './program';

/** What sessions of a class have in common, where each of them looks for it. */
class ClassTraits {
  readonly statistics: ClassStatistics;
  readonly priority: number;
  readonly programs: Int32Array;
  readonly program: number; // the only one; −1: one is drawn
  readonly choice: number;
  readonly deadlineSec: number;
  readonly hasDeadline: boolean;
  readonly isCancelledAtDeadline: boolean;
  readonly rest: Quantity | null; // null: open

  constructor(compiled: CompiledClass, statistics: ClassStatistics) {
    const { arrivals, programs } = compiled;
    this.statistics = statistics;
    this.priority = compiled.priority;
    this.programs = programs;
    this.program = programs.length === 1 ? programs[0] : -1;
    this.choice = compiled.choice;
    this.deadlineSec = compiled.deadlineSec;
    this.hasDeadline = compiled.deadlineSec < Number.POSITIVE_INFINITY;
    this.isCancelledAtDeadline = compiled.isCancelledAtDeadline;
    this.rest = arrivals.kind === 'closed' ? arrivals.rest : null;
  }
}

/** Begins and ends sessions, and counts what became of them. */
export class Sessions {
  readonly statistics: readonly ClassStatistics[];
  readonly #kernel: Kernel;
  readonly #classes: readonly ClassTraits[];
  readonly #hasPolicies: boolean; // of sessions
  /** Turns whose start was seen and that are not over, by class. */
  readonly turnsInProgress: Int32Array;

  constructor(kernel: Kernel, statistics: readonly ClassStatistics[]) {
    this.#kernel = kernel;
    this.statistics = statistics;
    const { classes, breakers, budgets } = kernel.compiled;
    this.#classes = classes.map((sessionClass, i) => new ClassTraits(sessionClass, statistics[i]));
    this.#hasPolicies = breakers.length + budgets.length > 0;
    this.turnsInProgress = new Int32Array(statistics.length);
  }

  /** A session of an open class arrives and begins; its root is still to be played. */
  arrive(sessionClass: number): number {
    const root = this.addAgent(sessionClass);
    this.begin(root);
    return root;
  }

  /** Takes a place for an agent of a closed class, at rest. */
  addAgent(sessionClass: number): number {
    const { tasks } = this.#kernel;
    const root = tasks.take();
    tasks.sessionClass[root] = sessionClass;
    tasks.priority[root] = this.#classes[sessionClass].priority;
    return root;
  }

  /** Lets an agent rest before its next session. */
  rest(root: number): void {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    const { rest } = this.#classes[tasks.sessionClass[root]];
    if (rest === null) throw new RangeError('Got an open class when expected agents.');
    kernel.draw(rest);
    tasks.serviceSec[root] = kernel.laws.drawn[0];
    tasks.state[root] = taskState.resting;
    kernel.schedule(root);
  }

  /** Begins a session on a root task, which is still to be played. */
  begin(root: number): void {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    const traits = this.#classes[tasks.sessionClass[root]];
    const { statistics, program } = traits;
    statistics.account();
    statistics.inProgress++;
    statistics.started++;
    tasks.pc[root] = program >= 0 ? program : this.#chooseProgram(traits);
    tasks.root[root] = root;
    tasks.startSec[root] = kernel.clock[0];
    tasks.version[root] = -1;
    if (this.#hasPolicies) kernel.attempts.onSessionStart(root);
    if (traits.hasDeadline) this.#setDeadline(root, traits);
    if (kernel.log !== null) {
      kernel.log.onStart(root, tasks.sessionClass[root]);
      kernel.note(root, logged.arrived, 0);
    }
  }

  /**
   * Lets a session be met in the middle of its program, at the program counter that is set.
   *
   * @param station whose slot it holds by then, waited for where there is none free; −1: none
   */
  enter(root: number, station: number): void {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    const statistics = this.statistics[tasks.sessionClass[root]];
    statistics.inProgress++;
    statistics.started++;
    tasks.root[root] = root;
    tasks.startSec[root] = Number.NaN;
    if (station < 0) kernel.goOn(root);
    else if (kernel.stations[station].acquire(root, 1)) {
      kernel.holdings.hold(root, station, 1, kernel.entryScope);
      kernel.goOn(root);
    }
  }

  /** The program of a task ends its session. */
  endByProgram(task: number, how: number): void {
    const root = this.#kernel.tasks.root[task];
    if (root < 0) {
      this.#kernel.endTask(task, 0);
      return;
    }
    if (how === sessionEnd.success && this.#kernel.tasks.hasMore[task] === 0) {
      this.end(task, 0);
      return;
    }
    const cause =
      how === sessionEnd.success
        ? 0
        : how === sessionEnd.abandoned
          ? failureCause.abandoned
          : failureCause.error;
    if (root === task) this.#kernel.endTask(root, cause);
    else {
      // It plays, so the station that it comes from has let it go already.
      this.#kernel.tasks.state[task] = taskState.delaying;
      if (cause === 0) this.#passOnSpend(task, root);
      this.cancel(root, cause);
    }
  }

  /** The result of a session is that of a task within it: what was spent on the way was not wasted. */
  #passOnSpend(from: number, root: number): void {
    const { parent, spentUsd, spentTokens } = this.#kernel.tasks;
    for (let task = from; task !== root; task = parent[task]) {
      spentUsd[root] += spentUsd[task];
      spentTokens[root] += spentTokens[task];
      spentUsd[task] = 0;
      spentTokens[task] = 0;
    }
  }

  /** Ends a session from outside its own program. */
  cancel(root: number, cause: number): void {
    this.#kernel.interrupt(root);
    this.end(root, cause);
  }

  /** Counts how a session ended, and frees its place or lets its agent go on. */
  end(root: number, cause: number): void {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    const hasMore = tasks.hasMore[root] !== 0;
    const { statistics, rest } = this.#classes[tasks.sessionClass[root]];
    statistics.account();
    statistics.inProgress--;
    if (cause === 0) {
      const responseSec = kernel.clock[0] - tasks.startSec[root];
      statistics.succeeded++;
      if (!hasMore || kernel.clock[0] <= tasks.deadlineSec[root]) statistics.inTime++;
      if (responseSec >= 0) statistics.responseSec.add(responseSec);
    } else statistics.failuresByCause[cause]++;
    if (hasMore) this.#settle(root, cause);
    if (this.#hasPolicies) kernel.attempts.onSessionEnd(root);
    if (kernel.log !== null) this.#endLog(root, cause);
    if (rest === null) tasks.leave(root);
    else this.rest(root);
  }

  /** Ends what a session had besides its task: a turn, holdings, expenses and timers. */
  #settle(root: number, cause: number): void {
    const { tasks, holdings, timers } = this.#kernel;
    if (tasks.turnStartSec[root] >= 0) this.#leaveTurn(root, cause);
    if (tasks.holdings[root] >= 0) holdings.releaseAll(root);
    if (cause !== 0) this.waste(root);
    timers.stopDeadline(root);
    timers.stop(root);
    tasks.reset(root);
  }

  /** The deadline of a session that is cancelled at it has come. */
  onDeadline(root: number): void {
    this.cancel(root, failureCause.deadline);
  }

  /** A crash under a session: it resumes at its last checkpoint, or fails. */
  crash(root: number, cause: number): void {
    const kernel = this.#kernel;
    const checkpointPc = kernel.tasks.checkpointPc[root];
    kernel.interrupt(root);
    if (checkpointPc < 0) {
      this.end(root, cause);
      return;
    }
    kernel.tasks.pc[root] = checkpointPc;
    if (kernel.log !== null) kernel.note(root, logged.resumed, 0);
    kernel.goOn(root);
  }

  /** A user turn begins. */
  startTurn(task: number): void {
    const { tasks, clock } = this.#kernel;
    const root = tasks.root[task];
    if (root < 0) return;
    if (tasks.turnStartSec[root] >= 0) this.endTurn(task);
    tasks.turnStartSec[root] = clock[0];
    tasks.hasMore[root] = 1;
    this.turnsInProgress[tasks.sessionClass[root]]++;
    if (this.#kernel.log !== null) this.#kernel.note(task, logged.turnBegan, 0);
  }

  /** A user turn ends well, and with it what was held for it. */
  endTurn(task: number): void {
    const kernel = this.#kernel;
    const { tasks } = kernel;
    const root = tasks.root[task];
    if (root < 0) return;
    if (tasks.turnStartSec[root] >= 0) this.#leaveTurn(root, 0);
    if (tasks.holdings[root] >= 0) kernel.holdings.releaseTurn(root);
    if (kernel.log !== null) kernel.note(task, logged.turnEnded, 0);
  }

  /** Counts as wasted what a task spent without a result that was used. */
  waste(task: number): void {
    const { tasks } = this.#kernel;
    const { spend } = this.statistics[tasks.sessionClass[task]];
    spend[1] += tasks.spentUsd[task];
    spend[3] += tasks.spentTokens[task];
  }

  /** Counts what a task spends now. */
  spend(task: number, usd: number, tokens: number): void {
    const { tasks } = this.#kernel;
    const { spend } = this.statistics[tasks.sessionClass[task]];
    spend[0] += usd;
    spend[2] += tokens;
    tasks.hasMore[task] = 1;
    tasks.spentUsd[task] += usd;
    tasks.spentTokens[task] += tokens;
  }

  #chooseProgram({ programs, choice }: ClassTraits): number {
    const { laws } = this.#kernel;
    laws.drawFloat(choice);
    return programs[Math.floor(laws.drawn[0] * programs.length)];
  }

  #setDeadline(root: number, { deadlineSec, isCancelledAtDeadline }: ClassTraits): void {
    const { tasks, clock, timers } = this.#kernel;
    tasks.deadlineSec[root] = clock[0] + deadlineSec;
    tasks.hasMore[root] = 1;
    if (isCancelledAtDeadline) timers.startDeadline(root);
  }

  #leaveTurn(root: number, cause: number): void {
    const { tasks, clock } = this.#kernel;
    const statistics = this.statistics[tasks.sessionClass[root]];
    if (cause === 0) statistics.turnSec.add(clock[0] - tasks.turnStartSec[root]);
    else statistics.failedTurns++;
    tasks.turnStartSec[root] = Number.NaN;
    this.turnsInProgress[tasks.sessionClass[root]]--;
  }

  #endLog(root: number, cause: number): void {
    const kernel = this.#kernel;
    kernel.note(root, logged.ended, cause);
    if (kernel.log?.root === root) kernel.log.end();
  }
}
