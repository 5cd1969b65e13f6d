import type { Attempts } from '../policies/attempts';
import type { ArrivalSources } from './arrival-sources';
import { Clocks } from './clocks';
import type { CompiledScenario } from './compiled-scenario';
import { type EventLog, logged } from './event-log';
import { EventQueue } from './event-queue';
import { Holdings } from './holdings';
import { play } from './interpreter';
import { LawTable } from './law-table';
import { holdScope, op, taskState } from './op';
import type { Quantity } from './program';
import { ReadyRing } from './ready-ring';
import type { Sessions } from './sessions';
import type { ClockOwner, Station } from './station';
import { TaskTable } from './task-table';
import { TaskTimers } from './task-timers';
import { TaskTree, type WorkKind } from './task-tree';

/** Turns of tasks that may follow each other at one moment, beside some for every task there is. */
const maxTurnsAtOnce = 1_000_000;
const maxTurnsAtOncePerTask = 100;

/** Events that may happen at one moment, beside some for every task there ever was. */
const maxEventsAtOnce = 2_000_000;
const maxEventsAtOncePerTask = 10;

/** The parts of a run that know the kernel, made for it while it is made. */
export interface KernelParts {
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly arrivals: ArrivalSources;
  readonly stations: readonly Station[];
}

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
  readonly ready = new ReadyRing();
  readonly timers: TaskTimers;
  readonly holdings: Holdings;
  /**
   * One number: how long whoever refuses asks to stay away. Set just before `fail`; those who hear of
   * that failure read it, and it is 0 again afterwards.
   */
  readonly retryAfterSec = new Float64Array(1);
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly arrivals: ArrivalSources;
  readonly stations: readonly Station[];
  log: EventLog | null = null;
  eventCount = 0;
  /** Scope of a slot that a session holds which is met in the middle of its program. */
  entryScope: number = holdScope.session;
  /** Why the run cannot go on, as a sentence; null while it can. */
  stopReason: string | null = null;
  readonly #order = new Float64Array(1);
  readonly #events = new EventQueue(this.#order);
  readonly #clocks: Clocks;
  readonly #tree = new TaskTree(this);

  /** @param makeParts is given the kernel as far as it is there: without the parts */
  constructor(
    compiled: CompiledScenario,
    { seed, replication }: { readonly seed: number; readonly replication: number },
    makeParts: (kernel: Kernel) => KernelParts,
  ) {
    this.compiled = compiled;
    this.tasks = new TaskTable(compiled.loopDepth);
    this.#clocks = new Clocks(this, this.#events, this.#order);
    this.timers = new TaskTimers(this.tasks, this.clock, this.#order);
    this.holdings = new Holdings(this);
    for (const { law, key } of compiled.lawSites) this.laws.add(law, [seed, replication, key]);
    const parts = makeParts(this);
    this.sessions = parts.sessions;
    this.attempts = parts.attempts;
    this.arrivals = parts.arrivals;
    this.stations = parts.stations;
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
    const { timers, arrivals, clock } = this;
    let movedAtEvent = this.eventCount;
    for (;;) {
      if (this.ready.count > 0) this.#playReady();
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
      if (timers.size > 0 && this.#isTimerNext(nowSec, from)) {
        from = 2;
        nowSec = timers.peekTimeSec();
      }
      if (nowSec >= untilSec) {
        if (this.stopReason !== null) return clock[0];
        clock[0] = untilSec;
        return untilSec;
      }
      if (this.eventCount >= eventLimit || this.stopReason !== null) return clock[0];
      if (nowSec !== clock[0]) movedAtEvent = this.eventCount;
      else if (this.eventCount - movedAtEvent >= maxEventsAtOnce) this.#stopIfStill(movedAtEvent);
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
    this.ready.push(task);
  }

  /** Schedules the event of a task after `serviceSec[task]`. */
  schedule(task: number): void {
    const tasks = this.tasks;
    tasks.order[task] = this.#order[0];
    const events = this.#events;
    events.dueSec[0] = this.clock[0] + tasks.serviceSec[task];
    events.pushDue(task);
  }

  /** Takes back the pending event of a task, if it has one. */
  unschedule(task: number): void {
    if (this.tasks.order[task] < 0) return;
    this.tasks.order[task] = -1;
    this.#clocks.countStale();
  }

  /** Events in the queue, those that were taken back and are not cleared yet included. */
  get pendingEvents(): number {
    return this.#events.size;
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
    this.timers.start(task, this.laws.drawn);
  }

  /** Stops the timer of a task, if it has one. */
  stopTimer(task: number): void {
    this.timers.stop(task);
  }

  /** Makes a clock; returns its number. `setClock` makes it ring. */
  addClock(owner: ClockOwner, code: number): number {
    return this.#clocks.add(owner, code);
  }

  /** Sets a clock to ring at a time, instead of whenever it was to ring; `Infinity`: never. */
  setClock(clock: number, atSec: number): void {
    this.#clocks.set(clock, atSec);
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
    return this.#tree.spawnChild(parent, pc);
  }

  /** Makes a task that nobody waits for but a station, which hears of its end with its `job`. */
  spawnOwned(owner: number, like: WorkKind, job: number, pc: number): number {
    return this.#tree.spawnOwned(owner, like, job, pc);
  }

  /** Ends a task with a failure, which its parent hears of. */
  fail(task: number, cause: number): void {
    if (this.log !== null) this.note(task, logged.failed, cause);
    this.#tree.end(task, cause);
  }

  /** Ends a task, its children with it, and tells whoever waits for it; cause 0 is success. */
  endTask(task: number, cause: number): void {
    this.#tree.end(task, cause);
  }

  /** Cancels a task and its children: what they hold comes back, nobody is told. */
  kill(task: number): void {
    this.#tree.kill(task);
  }

  /** Cancels the children of a task. */
  killChildren(task: number): void {
    this.#tree.killChildren(task);
  }

  /** Takes a task out of whatever it is doing, its children and all; it stays, and holds nothing. */
  interrupt(task: number): void {
    this.#tree.interrupt(task);
  }

  /** Lets work go on that nobody waits for any more. */
  orphan(task: number): void {
    this.#tree.orphan(task);
  }

  /** Notes what a task took, to be given back with its scope. */
  hold(task: number, station: number, units: number, scope: number): void {
    this.holdings.hold(task, station, units, scope);
  }

  /** A task that waited for slots to hold has them now; it goes on. */
  onAcquired(task: number): void {
    const { op: code, a, b, c } = this.compiled.instructions;
    const pc = this.tasks.pc[task] - 1;
    if (pc >= 0 && code[pc] === op.acquire) this.holdings.hold(task, a[pc], b[pc], c[pc]);
    else this.holdings.hold(task, this.tasks.at[task], 1, this.entryScope);
    this.goOn(task);
  }

  /** Writes a line of the event log, if the task is of the session that is followed. */
  note(task: number, what: number, detail: number): void {
    const log = this.log;
    if (log !== null && log.root >= 0 && this.tasks.root[task] === log.root) {
      log.add(this.clock[0], task, what, detail);
    }
  }

  /** Stops where so much happened since the clock last moved that nothing can be taking time. */
  #stopIfStill(movedAtEvent: number): void {
    const events = this.eventCount - movedAtEvent;
    if (events < maxEventsAtOncePerTask * this.tasks.capacity) return;
    const atSec = Number(this.clock[0].toPrecision(3));
    this.stopReason = `Nothing takes time: ${events.toLocaleString('en')} events at ${atSec} s. Give a step of the loop a duration.`;
  }

  #onEvent(id: number): void {
    if (id < 0) {
      if (this.#clocks.ring(-1 - id)) this.eventCount++;
      return;
    }
    const tasks = this.tasks;
    if (tasks.order[id] !== this.#events.rootOrder()) {
      this.#clocks.stale--;
      return;
    }
    tasks.order[id] = -1;
    this.eventCount++;
    const state = tasks.state[id];
    if (state === taskState.serving) {
      if (this.log !== null) this.note(id, logged.finished, tasks.at[id]);
      const station = tasks.at[id];
      if (this.holdings.countsServed) this.holdings.countServed(id, station);
      this.stations[station].finish(id);
      play(this, id);
    } else if (state === taskState.backingOff) this.attempts.onBackoffEnd(id);
    else {
      if (state === taskState.resting) this.sessions.begin(id);
      play(this, id);
    }
  }

  #onTimer(id: number): void {
    if (id < 0) return;
    const task = id >> 1;
    this.eventCount++;
    if ((id & 1) === 1) this.sessions.onDeadline(task);
    else if (this.tasks.state[task] === taskState.attempting) this.attempts.onTimeout(task);
    else this.stations[this.tasks.at[task]].onTimer(task);
  }

  /** Whether the earliest timer comes before what is next at the same or a later time. */
  #isTimerNext(nowSec: number, from: number): boolean {
    const timers = this.timers;
    const timerSec = timers.peekTimeSec();
    if (timerSec !== nowSec) return timerSec < nowSec;
    const order = from === 0 ? this.#events.rootOrder() : this.arrivals.nextOrder[0];
    return timers.rootOrder() < order;
  }

  #playReady(): void {
    const { ready } = this;
    for (let turns = 0; ready.count > 0 && this.stopReason === null; turns++) {
      if (turns > maxTurnsAtOnce && turns > maxTurnsAtOncePerTask * this.tasks.size) {
        this.stopReason =
          'Steps follow each other without end at one moment, so the clock would never move on.';
        return;
      }
      const task = ready.shift();
      if (task >= 0) play(this, task);
    }
  }
}
