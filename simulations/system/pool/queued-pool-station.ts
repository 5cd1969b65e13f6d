import type { CompiledStation } from '@/simulations/engine/compiled-scenario';
import { logged } from '@/simulations/engine/event-log';
import { failureCause } from '@/simulations/engine/failure-cause';
import type { Kernel } from '@/simulations/engine/kernel';
import { taskState } from '@/simulations/engine/op';
import type { Quantity } from '@/simulations/engine/program';
import { Station } from '@/simulations/engine/station';
import { StationStatistics } from '@/simulations/measure/station-statistics';
import { Admission } from '@/simulations/policies/admission';
import {
  type Autoscaling,
  countersWithAutoscaler,
  createAutoscaling,
} from '@/simulations/policies/autoscaling';
import { ActiveFaults } from '@/simulations/system/active-faults';
import { InterruptibleWork } from './interruptible-work';
import { type PoolPlan, poolCounterNames, poolPlan } from './pool-plan';
import { PoolSlots } from './pool-slots';
import { WaiterQueue } from './waiter-queue';

/**
 * A pool with everything that the plain one leaves out: disciplines, several slots at once, admission,
 * faults, failing slots, connections that are opened and closed, replicas, transaction mode.
 *
 * Whoever is first by the discipline is served next; where it needs more slots than are free, those
 * after it wait too, though fewer would do for them. Under the preemptive discipline a request breaks
 * off the service of the lowest priority that began last, if that priority comes after its own; what
 * was broken off goes on where it was, before the waiters of its priority. Slots that are held are
 * not broken off.
 */
export class QueuedPoolStation extends Station {
  readonly statistics: StationStatistics;
  readonly #plan: PoolPlan;
  readonly #waiters: WaiterQueue;
  readonly #work: InterruptibleWork;
  readonly #admission: Admission | null;
  readonly #slots: PoolSlots;
  readonly #faults: ActiveFaults;
  readonly #acquireTimeout: Quantity | undefined;
  readonly #errorSite: number;
  readonly #autoscaling: Autoscaling | null;
  #isGranting = false;

  constructor(kernel: Kernel, index: number, station: CompiledStation) {
    super(kernel, index);
    const plan = poolPlan(station);
    const { discipline } = plan;
    this.#plan = plan;
    this.#waiters = new WaiterQueue(kernel, discipline, station.quantities.choice.site);
    this.#admission = plan.admission === undefined ? null : new Admission(kernel, plan.admission);
    this.#faults = new ActiveFaults(kernel);
    this.#acquireTimeout = station.quantities.acquireTimeoutSec;
    this.#errorSite = station.site;
    this.statistics = new StationStatistics(kernel.clock, {
      slots: plan.slots,
      classes: kernel.compiled.classes.length,
      causes: kernel.compiled.causes.length,
      counterNames: countersWithAutoscaler(poolCounterNames, station),
    });
    this.#autoscaling = createAutoscaling(this, station, {
      replicas: plan.replicas,
      ownCounters: poolCounterNames.length,
    });
    const isPreemptive = discipline === 'preemptive';
    this.#work = new InterruptibleWork(kernel, index, this.statistics, isPreemptive);
    this.#slots = new PoolSlots(kernel, this.statistics, station, plan, {
      account: () => this.account(),
      suspend: (task) => this.#work.suspend(task),
      resume: (task) => this.#work.resume(task),
      onSlotRestored: () => this.#grantWaiters(),
    });
  }

  use(task: number, pc: number): boolean {
    return this.#request(task, pc, 1);
  }

  override acquire(task: number, units: number): boolean {
    // In transaction mode a connection to the pool is free: its slot is taken when it is served.
    return this.#plan.isTransactional || this.#request(task, -1, units);
  }

  override serveHeld(task: number, pc: number): boolean {
    if (this.#plan.isTransactional) return this.#request(task, pc, 1);
    const cause = this.#faults.failRequest(this.#errorSite);
    if (cause !== 0) return this.#refuse(task, cause);
    const { kernel } = this;
    const { tasks, laws } = kernel;
    kernel.drawDuration(task, pc);
    const durationSec = laws.drawn[0] * this.#serviceFactor();
    if (durationSec === 0) return true;
    tasks.serviceSec[task] = durationSec;
    tasks.state[task] = taskState.delaying;
    kernel.schedule(task);
    return false;
  }

  finish(task: number): void {
    this.account();
    const { tasks, compiled } = this.kernel;
    if (tasks.loadKey[task] < 0) {
      // The connection that it waited for is open, and is held from now on.
      const pc = tasks.pc[task] - 1;
      const { a, b, c } = compiled.instructions;
      this.place = this.#slots.heldBy(task);
      this.kernel.hold(task, a[pc], b[pc], c[pc]);
      return;
    }
    const { inUse, waiting } = this.statistics;
    this.#admission?.observe(task, inUse + waiting, false);
    this.#leaveService(task);
    this.#grantWaiters();
  }

  override release(_task: number, units: number, place: number): void {
    if (this.#plan.isTransactional) return;
    this.account();
    this.#slots.giveBackHeld(units, place);
    this.#grantWaiters();
  }

  withdraw(task: number): void {
    this.account();
    const { tasks } = this.kernel;
    if (tasks.state[task] === taskState.waiting) {
      this.#leaveQueue(task);
      this.#work.countWait(task);
    } else if (tasks.loadKey[task] >= 0) this.#leaveService(task);
    else this.#slots.giveBackHeld(this.#unitsOf(task), this.#slots.heldBy(task));
    this.#work.forget(task);
    this.#grantWaiters();
  }

  override onTimer(task: number): void {
    this.account();
    const { inUse, waiting } = this.statistics;
    this.#admission?.observe(task, inUse + waiting, true);
    this.#leaveQueue(task);
    this.#failWaiter(task, failureCause.acquire_timeout);
    this.#grantWaiters();
  }

  override onFault(fault: number, begins: boolean): void {
    this.account();
    this.#faults.change(fault, begins);
    this.#slots.setQuotaFactor(this.#faults.quotaFactor);
    if (this.#faults.isOutage) this.#failWaiters();
    this.#grantWaiters();
  }

  /** Sets how many slots there are. Those in use beyond that go as they come free. */
  setSlots(slots: number): void {
    this.account();
    this.#slots.setSlots(slots);
    this.#grantWaiters();
  }

  /** Lets so many replicas bring their slots. */
  setReplicas(ready: number): void {
    this.setSlots(ready * this.#plan.slotsPerReplica);
  }

  account(): void {
    this.#slots.account();
    this.statistics.account();
    this.#autoscaling?.account();
  }

  #request(task: number, loadKey: number, units: number): boolean {
    const { statistics } = this;
    const { tasks } = this.kernel;
    statistics.requests++;
    this.account();
    const fault = this.#faults.failRequest(this.#errorSite);
    if (fault !== 0) return this.#refuse(task, fault);
    const isRoom = this.#waiters.size === 0 && this.#slots.hasRoom(units);
    if (this.#admission !== null) {
      const { waiting, inUse } = statistics;
      const oldest = this.#waiters.oldest();
      const cause = this.#admission.causeToRefuse(
        task,
        isRoom ? -1 : waiting,
        inUse + waiting,
        oldest,
      );
      if (cause !== 0) return this.#refuse(task, cause);
    }
    tasks.loadKey[task] = loadKey;
    this.#work.onRequest(task);
    if (isRoom || (loadKey >= 0 && this.#breakOff(task))) return this.#grant(task, units, false);
    this.#enqueue(task);
    this.#grantWaiters();
    return false;
  }

  /** Gives a task its slots. Returns whether it goes on at once. */
  #grant(task: number, units: number, hasWaited: boolean): boolean {
    const { kernel, statistics } = this;
    const { loadKey, sessionClass, serviceSec } = kernel.tasks;
    const connectSec = this.#slots.connectSec;
    if (loadKey[task] >= 0) {
      this.#work.onServed(task, hasWaited);
      this.#slots.takeToServe(task);
      this.#work.begin(task, loadKey[task], this.#serviceFactor(), connectSec);
      return false;
    }
    if (hasWaited) this.#work.countWait(task);
    else statistics.addNoWait(sessionClass[task]);
    this.place = this.#slots.takeToHold(task, units);
    if (connectSec[0] === 0) return true;
    serviceSec[task] = connectSec[0];
    kernel.startService(task, this.index);
    return false;
  }

  #serviceFactor(): number {
    return this.#faults.latencyFactor * (1 + this.#plan.slowdownPerInUse * this.statistics.inUse);
  }

  /** Lets those have slots whose turn it is. */
  #grantWaiters(): void {
    // A waiter that fails gives back what it holds, which may be slots of this very pool.
    if (this.#isGranting) return;
    this.#isGranting = true;
    const { kernel } = this;
    const { tasks, clock } = kernel;
    // Nobody is chosen while nothing is free: others may come until then.
    while (this.#waiters.size > 0 && this.#slots.hasRoom(1)) {
      const task = this.#waiters.first();
      const units = this.#unitsOf(task);
      if (!this.#slots.hasRoom(units)) break;
      this.#leaveQueue(task);
      kernel.stopTimer(task);
      if (this.#admission?.dropsExpired === true && tasks.deadlineSec[task] < clock[0]) {
        this.#failWaiter(task, failureCause.deadline);
        continue;
      }
      if (this.#grant(task, units, true)) kernel.onAcquired(task);
    }
    this.#isGranting = false;
  }

  #enqueue(task: number): void {
    const { kernel } = this;
    kernel.tasks.state[task] = taskState.waiting;
    kernel.tasks.at[task] = this.index;
    this.#waiters.add(task);
    this.statistics.waiting++;
    if (this.#acquireTimeout !== undefined) {
      kernel.draw(this.#acquireTimeout);
      kernel.startTimer(task);
    }
    if (kernel.log !== null) kernel.note(task, logged.waits, this.index);
  }

  #leaveQueue(task: number): void {
    this.#waiters.remove(task);
    this.statistics.waiting--;
  }

  #leaveService(task: number): void {
    this.#work.end(task);
    this.#slots.giveBack(task);
  }

  /** Breaks off a service for a task that goes before it. Returns whether there was one. */
  #breakOff(task: number): boolean {
    const { tasks } = this.kernel;
    const victim = this.#work.findVictim(task);
    if (victim < 0 || !this.#slots.canBreakOff(victim)) return false;
    this.#work.breakOff(victim);
    this.#slots.giveBack(victim);
    this.statistics.waiting++;
    tasks.state[victim] = taskState.waiting;
    this.#waiters.addFirst(victim);
    return true;
  }

  /** An outage has begun: nobody waits for its end. */
  #failWaiters(): void {
    this.#isGranting = true;
    for (let task = this.#waiters.first(); task >= 0; task = this.#waiters.first()) {
      this.#leaveQueue(task);
      this.kernel.stopTimer(task);
      this.#failWaiter(task, failureCause.outage);
    }
    this.#isGranting = false;
  }

  #failWaiter(task: number, cause: number): void {
    this.#work.countWait(task);
    this.#work.forget(task);
    this.#refuse(task, cause);
  }

  #refuse(task: number, cause: number): false {
    this.statistics.failuresByCause[cause]++;
    this.kernel.retryAfterSec[0] = 0;
    this.kernel.fail(task, cause);
    return false;
  }

  #unitsOf(task: number): number {
    const { tasks, compiled } = this.kernel;
    return tasks.loadKey[task] >= 0 ? 1 : compiled.instructions.b[tasks.pc[task] - 1];
  }
}
