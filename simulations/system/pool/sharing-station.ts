import type { CompiledStation } from '@/simulations/engine/compiled-scenario';
import { logged } from '@/simulations/engine/event-log';
import { EventQueue } from '@/simulations/engine/event-queue';
import type { Kernel } from '@/simulations/engine/kernel';
import { taskState } from '@/simulations/engine/op';
import { Station } from '@/simulations/engine/station';
import { StationStatistics } from '@/simulations/measure/station-statistics';
import { Admission } from '@/simulations/policies/admission';
import {
  type Autoscaling,
  countersWithAutoscaler,
  createAutoscaling,
} from '@/simulations/policies/autoscaling';
import { ActiveFaults } from '@/simulations/system/active-faults';
import { type PoolPlan, poolPlan, usableSlots } from './pool-plan';

const present = 0;
const attained = 1;
const accounted = 2;

/**
 * Egalitarian processor sharing: each of n requests is served at min(1, slots ÷ n) of full speed.
 *
 * Virtual time is the service that a request has had that was here from the start, so the order in
 * which requests end is known when they come: by their service plus the virtual time then, in a heap.
 * Only the next end is an event.
 *
 * `inUse` is the number of slots at work, min(n, slots), and `waiting` the rest of the requests. As
 * each loses time at the rate max(0, n − slots) ÷ n, the time that requests lose to each other adds
 * up to ∫ waiting dt, and is what a wait is here. Nothing queues, so an acquire timeout does not
 * apply; what is held takes no slot and shares when it is served.
 */
export class SharingStation extends Station {
  readonly statistics: StationStatistics;
  readonly #plan: PoolPlan;
  readonly #admission: Admission | null;
  readonly #faults: ActiveFaults;
  readonly #errorSite: number;
  readonly #autoscaling: Autoscaling | null;
  readonly #clockId: number;
  readonly #order = new Float64Array(1);
  readonly #ends = new EventQueue(this.#order); // by virtual time
  /** Requests here, the virtual time, and up to when it is right. */
  readonly #state = new Float64Array(3);
  #joinedAt = new Float64Array(0); // virtual time, by task
  #planned: number;
  #usable: number;

  constructor(kernel: Kernel, index: number, station: CompiledStation) {
    super(kernel, index);
    this.#plan = poolPlan(station);
    const { slots, admission } = this.#plan;
    this.#planned = slots;
    this.#usable = slots;
    this.#admission = admission === undefined ? null : new Admission(kernel, admission);
    this.#faults = new ActiveFaults(kernel);
    this.#errorSite = station.site;
    this.#clockId = kernel.addClock(this, 0);
    this.statistics = new StationStatistics(kernel.clock, {
      slots,
      classes: kernel.compiled.classes.length,
      causes: kernel.compiled.causes.length,
      counterNames: countersWithAutoscaler([], station),
    });
    this.#autoscaling = createAutoscaling(this, station, {
      replicas: this.#plan.replicas,
      ownCounters: 0,
    });
  }

  use(task: number, pc: number): boolean {
    const { kernel, statistics } = this;
    const { tasks, clock, laws } = kernel;
    statistics.requests++;
    this.account();
    const count = this.#state[present];
    const cause = this.#faults.failRequest(this.#errorSite) || this.#causeToRefuse(task, count);
    if (cause !== 0) {
      statistics.failuresByCause[cause]++;
      kernel.retryAfterSec[0] = 0;
      kernel.fail(task, cause);
      return false;
    }
    this.#setCount(count + 1);
    kernel.drawDuration(task, pc);
    const { slowdownPerInUse } = this.#plan;
    const serviceSec =
      laws.drawn[0] * this.#faults.latencyFactor * (1 + slowdownPerInUse * statistics.inUse);
    tasks.serviceSec[task] = serviceSec;
    tasks.sinceSec[task] = clock[0];
    tasks.servedSinceSec[task] = this.#order[0]; // its place in the heap, by which it is known there
    this.#noteJoin(task);
    this.#ends.push(this.#state[attained] + serviceSec, task);
    tasks.state[task] = taskState.serving;
    tasks.at[task] = this.index;
    if (kernel.log !== null) kernel.note(task, logged.served, this.index);
    this.#setClock();
    return false;
  }

  override acquire(_task: number, _units: number): boolean {
    return true;
  }

  override release(_task: number, _units: number, _place: number): void {}

  override serveHeld(task: number, pc: number): boolean {
    return this.use(task, pc);
  }

  finish(_task: number): void {
    throw new RangeError('Got the end of a service when expected it from a clock.');
  }

  override onClock(_code: number): void {
    const { kernel } = this;
    this.account();
    this.#dropStale();
    if (this.#ends.size === 0) return;
    const endsAt = this.#ends.peekTimeSec();
    const task = this.#ends.pop();
    this.#state[attained] = endsAt; // free of the rounding on the way
    if (kernel.log !== null) kernel.note(task, logged.finished, this.index);
    this.#admission?.observe(task, this.#state[present], false);
    this.#leave(task);
    kernel.goOn(task);
  }

  withdraw(task: number): void {
    this.account();
    this.kernel.tasks.servedSinceSec[task] = -1;
    this.#leave(task);
  }

  override onFault(fault: number, begins: boolean): void {
    this.account();
    this.#faults.change(fault, begins);
    this.#update();
  }

  /** Sets how many slots are shared. */
  setSlots(slots: number): void {
    this.account();
    this.#planned = slots;
    this.#update();
  }

  /** Lets so many replicas bring their slots. */
  setReplicas(ready: number): void {
    this.setSlots(ready * this.#plan.slotsPerReplica);
  }

  account(): void {
    const state = this.#state;
    const { clock } = this.kernel;
    state[attained] += (clock[0] - state[accounted]) * this.#rate();
    state[accounted] = clock[0];
    this.statistics.account();
    this.#autoscaling?.account();
  }

  #rate(): number {
    const count = this.#state[present];
    return count <= this.#usable ? 1 : this.#usable / count;
  }

  #causeToRefuse(task: number, count: number): number {
    if (this.#admission === null) return 0;
    const waiting = count < this.#usable ? -1 : count - this.#usable;
    return this.#admission.causeToRefuse(task, waiting, count, -1);
  }

  #update(): void {
    this.#usable = usableSlots(this.#planned, this.#faults.quotaFactor);
    if (this.#planned < Number.POSITIVE_INFINITY) this.statistics.slots = this.#usable;
    this.#setCount(this.#state[present]);
    this.#setClock();
  }

  #setCount(count: number): void {
    this.#state[present] = count;
    this.statistics.inUse = Math.min(count, this.#usable);
    this.statistics.waiting = count - this.statistics.inUse;
  }

  #leave(task: number): void {
    const { tasks, clock } = this.kernel;
    const servedSec = this.#state[attained] - this.#joinedAt[task];
    const sinceSec = Math.min(clock[0], tasks.sinceSec[task] + servedSec);
    this.statistics.addWait(tasks.sessionClass[task], sinceSec);
    this.#setCount(this.#state[present] - 1);
    this.#setClock();
  }

  #noteJoin(task: number): void {
    if (task >= this.#joinedAt.length) {
      const wider = new Float64Array(this.kernel.tasks.capacity);
      wider.set(this.#joinedAt);
      this.#joinedAt = wider;
    }
    this.#joinedAt[task] = this.#state[attained];
  }

  #setClock(): void {
    const { kernel } = this;
    this.#dropStale();
    const rate = this.#rate();
    if (this.#ends.size === 0 || rate === 0) {
      kernel.setClock(this.#clockId, Number.POSITIVE_INFINITY);
      return;
    }
    const leftSec = Math.max(0, this.#ends.peekTimeSec() - this.#state[attained]) / rate;
    kernel.setClock(this.#clockId, kernel.clock[0] + leftSec);
  }

  /** Drops what was withdrawn from the head of the heap. */
  #dropStale(): void {
    const ends = this.#ends;
    const { servedSinceSec, state, at } = this.kernel.tasks;
    while (ends.size > 0) {
      ends.peekTimeSec();
      const task = ends.rootId();
      const isHere = state[task] === taskState.serving && at[task] === this.index;
      if (isHere && servedSinceSec[task] === ends.rootOrder()) return;
      ends.pop();
    }
    // Nobody is left: virtual time starts again, so that it stays small and exact.
    this.#state[attained] = 0;
  }
}
