import { logged } from './event-log';
import type { Kernel } from './kernel';
import { holdScope, op, taskState } from './op';

/** Instructions that one task may play at one moment; more is a loop in which no time passes. */
const maxInstructionsAtOnce = 1_000_000;

/** Branches that one fork may have; more would fill the memory. */
const maxBranches = 1_000_000;

/**
 * Plays the program of a task until it has to wait for time, a station or other tasks, or ends.
 *
 * The only place that reads operation codes.
 */
export function play(kernel: Kernel, task: number): void {
  const { tasks, stations } = kernel;
  const code = kernel.compiled.instructions;
  for (let played = 0; ; played++) {
    if (played > maxInstructionsAtOnce) {
      kernel.stopReason = 'A loop of steps takes no time, so the clock would never move on.';
      return;
    }
    const pc = tasks.pc[task];
    tasks.pc[task] = pc + 1;
    switch (code.op[pc]) {
      case op.use:
        if (stations[code.a[pc]].use(task, pc)) continue;
        return;
      case op.delay:
        if (kernel.log !== null) kernel.note(task, logged.delayed, code.a[pc]);
        if (kernel.delay(task, pc)) continue;
        return;
      case op.endSession:
        kernel.sessions.endByProgram(task, code.a[pc]);
        return;
      case op.endTask:
        kernel.endTask(task, 0);
        return;
      case op.jump:
        tasks.pc[task] = code.a[pc];
        continue;
      default:
        if (playRare(kernel, task, pc)) continue;
        return;
    }
  }
}

/** Plays the less frequent operations. Returns whether the task goes on at once. */
function playRare(kernel: Kernel, task: number, pc: number): boolean {
  const { tasks, stations } = kernel;
  const code = kernel.compiled.instructions;
  const a = code.a[pc];
  switch (code.op[pc]) {
    case op.acquire:
      return acquire(kernel, task, pc);
    case op.release: {
      const holder = kernel.holdings.findHolder(task, a);
      if (holder >= 0) kernel.holdings.release(holder, a);
      return true;
    }
    case op.serve:
      return stations[a].serveHeld(task, pc);
    case op.useOrServe:
      return kernel.holdings.findHolder(task, a) >= 0
        ? stations[a].serveHeld(task, pc)
        : stations[a].use(task, pc);
    case op.attempt:
      kernel.attempts.begin(task, a, pc);
      return false;
    case op.fork:
      return fork(kernel, task, pc);
    case op.choose: {
      const { targets, cumulative, site } = kernel.compiled.choices[a];
      kernel.laws.drawFloat(site);
      const drawn = kernel.laws.drawn[0];
      let target = 0;
      while (target + 1 < targets.length && cumulative[target] <= drawn) target++;
      tasks.pc[task] = targets[target];
      return true;
    }
    case op.loop: {
      kernel.drawDuration(task, pc);
      const count = Math.round(kernel.laws.drawn[0]);
      tasks.loopsLeft[tasks.loopIndex(task, a)] = count;
      if (count < 1) tasks.pc[task] = code.c[pc];
      return true;
    }
    case op.again: {
      const index = tasks.loopIndex(task, a);
      if (--tasks.loopsLeft[index] > 0) tasks.pc[task] = code.c[pc];
      return true;
    }
    case op.fail:
      if (code.law[pc] >= 0) {
        kernel.laws.drawFloat(code.law[pc]);
        if (kernel.laws.drawn[0] >= code.sec[pc]) return true;
      }
      kernel.fail(task, a);
      return false;
    case op.turnStart:
      kernel.sessions.startTurn(task);
      return true;
    case op.turnEnd:
      kernel.sessions.endTurn(task);
      return true;
    case op.checkpoint:
      tasks.checkpointPc[task] = pc + 1;
      tasks.hasMore[task] = 1;
      if (kernel.log !== null) kernel.note(task, logged.checkpointed, 0);
      return true;
    default:
      throw new RangeError(`Got operation ${code.op[pc]} when expected one that is known.`);
  }
}

/** Takes slots to hold; what the session or turn holds already is not taken twice. */
function acquire(kernel: Kernel, task: number, pc: number): boolean {
  const { a, b, c } = kernel.compiled.instructions;
  const station = a[pc];
  const scope = c[pc];
  if (scope !== holdScope.open && kernel.holdings.findHolder(task, station) >= 0) return true;
  if (!kernel.stations[station].acquire(task, b[pc])) return false;
  kernel.holdings.hold(task, station, b[pc], scope);
  return true;
}

/** Starts the branches of a fork. */
function fork(kernel: Kernel, task: number, pc: number): boolean {
  const { tasks } = kernel;
  const { a, c } = kernel.compiled.instructions;
  const { branches, copies, join } = kernel.compiled.forks[a[pc]];
  kernel.draw(copies);
  const count = Math.round(kernel.laws.drawn[0]);
  tasks.pc[task] = c[pc];
  const total = count * branches.length;
  if (total < 1) return true;
  if (total > maxBranches) {
    kernel.stopReason = `More than ${maxBranches} branches begin at one moment.`;
    return false;
  }
  if (kernel.log !== null) kernel.note(task, logged.forked, a[pc]);
  tasks.state[task] = taskState.joining;
  tasks.at[task] = a[pc];
  tasks.childrenLeft[task] = total;
  tasks.successesNeeded[task] = join === 'all' ? total : Math.min(join, total);
  for (let copy = 0; copy < count; copy++) {
    for (let i = 0; i < branches.length; i++) kernel.spawnChild(task, branches[i]);
  }
  return false;
}

/** A branch of a fork has ended: the join may be complete, or no longer possible. */
export function onBranchEnd(kernel: Kernel, task: number, cause: number): void {
  const { tasks } = kernel;
  const left = --tasks.childrenLeft[task];
  if (cause === 0) tasks.successesNeeded[task]--;
  const needed = tasks.successesNeeded[task];
  if (needed > 0 && left >= needed) return;
  if (needed <= 0) {
    if (left > 0) leaveBranches(kernel, task);
    if (kernel.log !== null) kernel.note(task, logged.joined, tasks.at[task]);
    kernel.goOn(task);
    return;
  }
  kernel.fail(task, cause);
}

/** Cancels the branches that nobody waits for, or lets them go on unheard. */
function leaveBranches(kernel: Kernel, task: number): void {
  const { tasks } = kernel;
  if (kernel.compiled.forks[tasks.at[task]].cancelRest) {
    kernel.killChildren(task);
    return;
  }
  while (tasks.firstChild[task] >= 0) kernel.orphan(tasks.firstChild[task]);
}
