import type { Attempts } from '../policies/attempts';
import type { ArrivalSources } from './arrival-sources';
import type { CompiledScenario } from './compiled-scenario';
import { type EventLog, logged } from './event-log';
import { EventQueue } from './event-queue';
import { Holdings } from './holdings';
import { play } from './interpreter';
import { LawTable } from './law-table';
import { holdScope, op, taskState } from './op';
import type { Quantity } from './program';
import type { Sessions } from './sessions';
import type { ClockOwner, Station } from './station';
import { TaskTable } from './task-table';

/** The parts of a run that know the kernel, made for it once it is there. */
export interface KernelParts {
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly arrivals: ArrivalSources;
  readonly stations: readonly Station[];
}

/** Class and priority that work nobody waits for is done with. */
export interface WorkKind {
  sessionClass: number;
  priority: number;
}

/** Stale timers that are tolerated before the queue is cleared of them. */
const staleTimersTolerated = 1_024;

/**
 * Plays compiled programs: holds the clock, the pending events and the tasks.
 *
 * Simultaneous events happen in the order in which they were scheduled, over all queues. Whatever is
 * to happen at the present moment goes through a first-in first-out ring of ready tasks, so no
 * station is entered while it is at work. Nothing is allocated per event; times are passed through
 * typed arrays, because a double that is handed to a function that is not inlined is boxed.
 */
export class Kernel {
  readonly compiled: CompiledScenario;
  /** One number: the present time in seconds. */
  readonly clock = new Float64Array(1);
  readonly laws = new LawTable();
  readonly tasks: TaskTable;
  readonly holdings = new Holdings();
  /**
   * One number: how long whoever refuses asks to stay away. Set just before `fail`; those who hear of
   * that failure read it, and it is 0 again afterwards.
   */
  readonly retryAfterSec = new Float64Array(1);
  sessions!: Sessions;
  attempts!: Attempts;
  arrivals!: ArrivalSources;
  stations: readonly Station[] = [];
  log: EventLog | null = null;
  eventCount = 0;
  /** Scope of a slot that a session holds which is met in the middle of its program. */
  entryScope: number = holdScope.session;
  /** Σ of the times that slots were held or served in, by station, from the stamps of the tasks. */
  heldSec = new Float64Array(0);
  /** Why the run cannot go on, as a sentence; null while it can. */
  stopReason: string | null = null;
  readonly #order = new Float64Array(1);
  readonly #events = new EventQueue(this.#order);
  readonly #timers = new EventQueue(this.#order);
  readonly #clockOwners: ClockOwner[] = [];
  readonly #clockCodes: number[] = [];
  readonly #clockOrder: number[] = [];
  #ready = new Int32Array(64);
  #readyHead = 0;
  #readyCount = 0;
  #staleTimers = 0;

  constructor(compiled: CompiledScenario, seed: number, replication: number) {
    this.compiled = compiled;
    this.tasks = new TaskTable(compiled.loopDepth);
    for (const { law, key } of compiled.lawSites) this.laws.add(law, [seed, replication, key]);
  }

  /** Gives the kernel its parts, once. */
  equip(parts: KernelParts): void {
    this.sessions = parts.sessions;
    this.attempts = parts.attempts;
    this.arrivals = parts.arrivals;
    this.stations = parts.stations;
    this.heldSec = new Float64Array(parts.stations.length);
  }

  /** Order that the next event to be scheduled will have. */
  takeOrder(): number {
    return this.#order[0]++;
  }

  /**
   * Plays all events before a time.
   *
   * @returns that time, or the earlier time at which the limit on events or a stop was reached
   */
  advanceTo(untilSec: number, eventLimit: number): number {
    const events = this.#events;
    const timers = this.#timers;
    const arrivals = this.arrivals;
    const clock = this.clock;
    for (;;) {
      if (this.#readyCount > 0) this.#playReady();
      let nowSec = events.peekTimeSec();
      let from = 0;
      const arrivalSec = arrivals.nextSec[0];
      if (
        arrivalSec < nowSec ||
        (arrivalSec === nowSec && arrivals.nextOrder[0] < events.rootOrder())
      ) {
        from = 1;
        nowSec = arrivalSec;
      }
      const timerSec = timers.peekTimeSec();
      if (timerSec <= nowSec && this.#isTimerNext(nowSec, from)) {
        from = 2;
        nowSec = timerSec;
      }
      if (nowSec >= untilSec) {
        if (this.stopReason !== null) return clock[0];
        clock[0] = untilSec;
        return untilSec;
      }
      if (this.eventCount >= eventLimit || this.stopReason !== null) return clock[0];
      clock[0] = nowSec;
      if (from === 0) this.#onEvent(events.pop());
      else if (from === 1) {
        this.eventCount++;
        arrivals.arrive();
      } else this.#onTimer(timers.pop());
    }
  }

  /** Lets the task run on before time moves. */
  goOn(task: number): void {
    this.tasks.state[task] = taskState.ready;
    if (this.#readyCount === this.#ready.length) this.#growReady();
    const mask = this.#ready.length - 1;
    this.#ready[(this.#readyHead + this.#readyCount++) & mask] = task;
  }

  /** Schedules the event of a task after `serviceSec[task]`. */
  schedule(task: number): void {
    const tasks = this.tasks;
    tasks.order[task] = this.#order[0];
    this.#events.push(this.clock[0] + tasks.serviceSec[task], task);
  }

  /** Takes back the pending event of a task. */
  unschedule(task: number): void {
    this.tasks.order[task] = -1;
  }

  /** Begins the service of a task at a station: `finish` is called after `serviceSec[task]`. */
  startService(task: number, station: number): void {
    this.tasks.state[task] = taskState.serving;
    this.tasks.at[task] = station;
    this.tasks.servedSinceSec[task] = this.clock[0];
    if (this.log !== null) this.note(task, logged.served, station);
    this.schedule(task);
  }

  /** Starts the one timer of a task, to ring after `laws.drawn[0]` seconds. */
  startTimer(task: number): void {
    const afterSec = this.laws.drawn[0];
    if (!(afterSec < Number.POSITIVE_INFINITY)) return;
    this.tasks.timerOrder[task] = this.#order[0];
    this.#timers.push(this.clock[0] + afterSec, 2 * task);
  }

  /** Stops the timer of a task, if it has one. */
  stopTimer(task: number): void {
    if (this.tasks.timerOrder[task] < 0) return;
    this.tasks.timerOrder[task] = -1;
    this.#countStaleTimer();
  }

  /** Starts the timer of a session's deadline, which is `deadlineSec[root]`. */
  startDeadline(root: number): void {
    this.tasks.deadlineOrder[root] = this.#order[0];
    this.#timers.push(this.tasks.deadlineSec[root], 2 * root + 1);
  }

  /** Stops it. */
  stopDeadline(root: number): void {
    if (this.tasks.deadlineOrder[root] < 0) return;
    this.tasks.deadlineOrder[root] = -1;
    this.#countStaleTimer();
  }

  /** Makes a clock; returns its number. `setClock` makes it ring. */
  addClock(owner: ClockOwner, code: number): number {
    this.#clockOwners.push(owner);
    this.#clockCodes.push(code);
    return this.#clockOrder.push(-1) - 1;
  }

  /** Sets a clock to ring at a time, instead of whenever it was to ring; `Infinity`: never. */
  setClock(clockId: number, atSec: number): void {
    this.#clockOrder[clockId] = -1;
    if (!(atSec < Number.POSITIVE_INFINITY)) return;
    this.#clockOrder[clockId] = this.#order[0];
    this.#events.push(Math.max(atSec, this.clock[0]), -1 - clockId);
  }

  /** Draws a quantity into `laws.drawn[0]`. */
  draw(quantity: Quantity): void {
    if (quantity.site < 0) this.laws.drawn[0] = quantity.value;
    else {
      this.laws.draw(quantity.site);
      this.laws.drawn[0] *= quantity.value;
    }
  }

  /** Draws the duration of an instruction into `laws.drawn[0]`, or takes the rest of one. */
  drawDuration(task: number, pc: number): void {
    const { law, sec } = this.compiled.instructions;
    const drawn = this.laws.drawn;
    const residualSec = this.tasks.residualSec[task];
    if (residualSec >= 0) {
      this.tasks.residualSec[task] = Number.NaN;
      drawn[0] = residualSec;
    } else if (law[pc] < 0) drawn[0] = sec[pc];
    else {
      this.laws.draw(law[pc]);
      drawn[0] *= sec[pc];
    }
  }

  /** Lets the duration of an instruction pass. Returns whether there is none to pass. */
  delay(task: number, pc: number): boolean {
    this.drawDuration(task, pc);
    const durationSec = this.laws.drawn[0];
    if (durationSec === 0) return true;
    this.tasks.serviceSec[task] = durationSec;
    this.tasks.state[task] = taskState.delaying;
    this.schedule(task);
    return false;
  }

  /** Makes a child of a task that begins at an instruction; it is ready to run. */
  spawnChild(parent: number, pc: number): number {
    const tasks = this.tasks;
    const child = tasks.take();
    tasks.sessionClass[child] = tasks.sessionClass[parent];
    tasks.priority[child] = tasks.priority[parent];
    tasks.root[child] = tasks.root[parent];
    tasks.deadlineSec[child] = tasks.deadlineSec[parent];
    tasks.version[child] = tasks.version[parent];
    tasks.pc[child] = pc;
    tasks.adopt(parent, child);
    this.goOn(child);
    return child;
  }

  /**
   * Makes a task that nobody waits for but a station, which hears of its end; ready to run.
   *
   * @param job what the station finds again in `tasks.job` when it hears
   */
  spawnOwned(owner: number, like: WorkKind, job: number, pc: number): number {
    const tasks = this.tasks;
    const task = tasks.take();
    tasks.sessionClass[task] = like.sessionClass;
    tasks.priority[task] = like.priority;
    tasks.root[task] = -1;
    tasks.version[task] = -1;
    tasks.owner[task] = owner;
    tasks.job[task] = job;
    tasks.pc[task] = pc;
    this.goOn(task);
    return task;
  }

  /** Ends a task with a failure, which its parent hears of. */
  fail(task: number, cause: number): void {
    if (this.log !== null) this.note(task, logged.failed, cause);
    this.endTask(task, cause);
  }

  /** Ends a task, its children with it, and tells whoever waits for it; cause 0 is success. */
  endTask(task: number, cause: number): void {
    const tasks = this.tasks;
    const parent = tasks.parent[task];
    const retryAfterSec = this.retryAfterSec[0];
    this.retryAfterSec[0] = 0; // is for those who hear of this end, and no one else
    if (tasks.firstChild[task] >= 0) this.killChildren(task);
    if (tasks.root[task] === task) {
      this.sessions.end(task, cause);
      return;
    }
    const owner = tasks.owner[task];
    if (cause === 0 && parent >= 0) this.#passOn(task, parent);
    else if (cause === 0 && owner >= 0) this.releaseAll(task);
    else this.#drop(task);
    tasks.disown(task);
    if (owner >= 0) this.stations[owner].onOwnedEnd(task, cause);
    this.stopTimer(task);
    tasks.leave(task);
    if (parent < 0) return;
    this.retryAfterSec[0] = retryAfterSec;
    if (tasks.state[parent] === taskState.parked) {
      this.stations[tasks.at[parent]].onChildEnd(parent, cause);
    } else this.attempts.onChildEnd(parent, cause);
    this.retryAfterSec[0] = 0;
  }

  /** Cancels a task and its children: what they hold comes back, nobody is told. */
  kill(task: number): void {
    const tasks = this.tasks;
    if (this.log !== null) this.note(task, logged.wasCancelled, 0);
    if (tasks.firstChild[task] >= 0) this.killChildren(task);
    this.#interrupt(task);
    this.#drop(task);
    tasks.disown(task);
    this.stopTimer(task);
    tasks.leave(task);
  }

  killChildren(task: number): void {
    while (this.tasks.firstChild[task] >= 0) this.kill(this.tasks.firstChild[task]);
  }

  /** Takes a task out of whatever it is doing, its children and all; it stays, and holds nothing. */
  interrupt(task: number): void {
    if (this.tasks.firstChild[task] >= 0) this.killChildren(task);
    this.#interrupt(task);
    this.unschedule(task);
    this.stopTimer(task);
    this.releaseAll(task);
  }

  /** Lets work go on that nobody waits for any more. */
  orphan(task: number): void {
    this.tasks.disown(task);
    this.#leaveSession(task);
  }

  /** Notes what a task took, to be given back with its scope. */
  hold(task: number, station: number, units: number, scope: number): void {
    const tasks = this.tasks;
    const root = tasks.root[task];
    const isSessions = scope === holdScope.turn || scope === holdScope.session;
    const holder = isSessions && root >= 0 ? root : task;
    const head = tasks.holdings[holder];
    const node = this.holdings.push(head, station, units, scope, this.clock[0]);
    this.holdings.place[node] = this.stations[station].place;
    tasks.holdings[holder] = node;
    if (this.log !== null) this.note(task, logged.acquired, station);
  }

  /** A task that waited for slots to hold has them now; it goes on. */
  onAcquired(task: number): void {
    const { op: code, a, b, c } = this.compiled.instructions;
    const pc = this.tasks.pc[task] - 1;
    if (pc >= 0 && code[pc] === op.acquire) this.hold(task, a[pc], b[pc], c[pc]);
    else this.hold(task, this.tasks.at[task], 1, this.entryScope);
    this.goOn(task);
  }

  /** The holder among a task and its ancestors of a slot of a station; −1 where there is none. */
  findHolder(task: number, station: number): number {
    const { holdings, parent } = this.tasks;
    const nodes = this.holdings;
    for (let holder = task; holder >= 0; holder = parent[holder]) {
      for (let node = holdings[holder]; node >= 0; node = nodes.next[node]) {
        if (nodes.station[node] === station) return holder;
      }
    }
    return -1;
  }

  /** Gives back the first slot of a station in the list of a holder. */
  release(holder: number, station: number): void {
    const nodes = this.holdings;
    const heads = this.tasks.holdings;
    let before = -1;
    for (let node = heads[holder]; node >= 0; before = node, node = nodes.next[node]) {
      if (nodes.station[node] !== station) continue;
      if (before < 0) heads[holder] = nodes.next[node];
      else nodes.next[before] = nodes.next[node];
      this.#giveBack(holder, node);
      return;
    }
  }

  /** Gives back all that a holder took for the turn. */
  releaseTurn(holder: number): void {
    const nodes = this.holdings;
    let node = this.tasks.holdings[holder];
    while (node >= 0) {
      const next = nodes.next[node];
      if (nodes.scope[node] === holdScope.turn) this.release(holder, nodes.station[node]);
      node = next;
    }
  }

  releaseAll(task: number): void {
    for (;;) {
      const node = this.tasks.holdings[task];
      if (node < 0) return;
      this.tasks.holdings[task] = this.holdings.next[node];
      this.#giveBack(task, node);
    }
  }

  /** Writes a line of the event log, if the task is of the session that is followed. */
  note(task: number, what: number, detail: number): void {
    const log = this.log;
    if (log !== null && log.root >= 0 && this.tasks.root[task] === log.root) {
      log.add(this.clock[0], task, what, detail);
    }
  }

  #giveBack(task: number, node: number): void {
    const station = this.holdings.station[node];
    const units = this.holdings.units[node];
    this.heldSec[station] += units * (this.clock[0] - this.holdings.acquiredSec[node]);
    this.holdings.leave(node);
    if (this.log !== null) this.note(task, logged.released, station);
    this.stations[station].release(task, units, this.holdings.place[node]);
  }

  /** Hands what a task holds and spent to its parent. */
  #passOn(task: number, parent: number): void {
    const tasks = this.tasks;
    tasks.spentUsd[parent] += tasks.spentUsd[task];
    tasks.spentTokens[parent] += tasks.spentTokens[task];
    tasks.version[parent] = tasks.version[task];
    let last = tasks.holdings[task];
    if (last < 0) return;
    while (this.holdings.next[last] >= 0) last = this.holdings.next[last];
    this.holdings.next[last] = tasks.holdings[parent];
    tasks.holdings[parent] = tasks.holdings[task];
    tasks.holdings[task] = -1;
  }

  /** Gives back what a task holds and counts as wasted what it spent. */
  #drop(task: number): void {
    const tasks = this.tasks;
    if (tasks.holdings[task] >= 0) this.releaseAll(task);
    if (tasks.spentTokens[task] > 0 || tasks.spentUsd[task] > 0) this.sessions.waste(task);
  }

  #interrupt(task: number): void {
    const tasks = this.tasks;
    const state = tasks.state[task];
    if (state === taskState.waiting || state === taskState.serving || state === taskState.parked) {
      this.stations[tasks.at[task]].withdraw(task);
    } else if (state === taskState.attempting || state === taskState.backingOff) {
      this.attempts.withdraw(task);
    } else if (state === taskState.ready) this.#removeReady(task);
  }

  #leaveSession(task: number): void {
    const tasks = this.tasks;
    tasks.root[task] = -1;
    for (let child = tasks.firstChild[task]; child >= 0; child = tasks.nextSibling[child]) {
      this.#leaveSession(child);
    }
  }

  #onEvent(id: number): void {
    if (id < 0) {
      const clockId = -1 - id;
      if (this.#clockOrder[clockId] !== this.#events.rootOrder()) return;
      this.#clockOrder[clockId] = -1;
      this.eventCount++;
      this.#clockOwners[clockId].onClock(this.#clockCodes[clockId]);
      return;
    }
    const tasks = this.tasks;
    if (tasks.order[id] !== this.#events.rootOrder()) return;
    tasks.order[id] = -1;
    this.eventCount++;
    const state = tasks.state[id];
    if (state === taskState.serving) {
      if (this.log !== null) this.note(id, logged.finished, tasks.at[id]);
      this.heldSec[tasks.at[id]] += this.clock[0] - tasks.servedSinceSec[id];
      this.stations[tasks.at[id]].finish(id);
      play(this, id);
    } else if (state === taskState.backingOff) this.attempts.onBackoffEnd(id);
    else if (state === taskState.resting) this.sessions.begin(id);
    else play(this, id);
  }

  #onTimer(id: number): void {
    const tasks = this.tasks;
    const task = id >> 1;
    const isDeadline = (id & 1) === 1;
    const due = isDeadline ? tasks.deadlineOrder : tasks.timerOrder;
    if (due[task] !== this.#timers.rootOrder()) {
      this.#staleTimers--;
      return;
    }
    due[task] = -1;
    this.eventCount++;
    if (isDeadline) this.sessions.onDeadline(task);
    else if (tasks.state[task] === taskState.attempting) this.attempts.onTimeout(task);
    else this.stations[tasks.at[task]].onTimer(task);
  }

  /** Whether the earliest timer comes before what is next at the same or a later time. */
  #isTimerNext(nowSec: number, from: number): boolean {
    if (nowSec === Number.POSITIVE_INFINITY) return false;
    const timers = this.#timers;
    if (timers.peekTimeSec() < nowSec) return true;
    const order = from === 0 ? this.#events.rootOrder() : this.arrivals.nextOrder[0];
    return timers.rootOrder() < order;
  }

  #playReady(): void {
    while (this.#readyCount > 0) {
      const task = this.#ready[this.#readyHead];
      this.#readyHead = (this.#readyHead + 1) & (this.#ready.length - 1);
      this.#readyCount--;
      if (task >= 0) play(this, task);
    }
  }

  #removeReady(task: number): void {
    const mask = this.#ready.length - 1;
    for (let i = 0; i < this.#readyCount; i++) {
      const slot = (this.#readyHead + i) & mask;
      if (this.#ready[slot] === task) this.#ready[slot] = -1;
    }
  }

  #growReady(): void {
    const from = this.#ready;
    const to = new Int32Array(2 * from.length);
    for (let i = 0; i < this.#readyCount; i++) {
      to[i] = from[(this.#readyHead + i) & (from.length - 1)];
    }
    this.#ready = to;
    this.#readyHead = 0;
  }

  /** Clears the timers of stale ones when they are the most. */
  #countStaleTimer(): void {
    this.#staleTimers++;
    const timers = this.#timers;
    if (this.#staleTimers < staleTimersTolerated || 2 * this.#staleTimers < timers.size) return;
    const { timerOrder, deadlineOrder } = this.tasks;
    timers.keepOnly(
      (id, order) => ((id & 1) === 1 ? deadlineOrder : timerOrder)[id >> 1] === order,
    );
    this.#staleTimers = 0;
  }
}
