import type { CompiledStation } from '../engine/compiled-scenario';
import { failureCause } from '../engine/failure-cause';
import type { Kernel } from '../engine/kernel';
import { taskState } from '../engine/op';
import { Station } from '../engine/station';
import type { WorkKind } from '../engine/task-tree';
import type { SampleSketch } from '../measure/sample-sketch';
import { StationStatistics } from '../measure/station-statistics';
import {
  type Autoscaling,
  countersWithAutoscaler,
  createAutoscaling,
} from '../policies/autoscaling';
import { ActiveFaults } from './active-faults';
import { MessageTable, messageList } from './message-table';
import { usableSlots } from './pool/pool-plan';
import { type QueuePlan, queuePlan } from './queue-plan';
import { StandstillGuard } from './standstill-guard';
import { WorkerCrew } from './worker-crew';

const counterNames = [
  'published',
  'worked',
  'receives',
  'redeliveries',
  'deadLetters',
  'duplicates',
  'oldestAgeIntegralSecSquared',
] as const;
const [published, worked, receives, redeliveries, deadLetters, duplicates, oldestAge] =
  counterNames.keys();

const { visible, underWay } = messageList;

/**
 * A queue of messages and the workers that take them, as a cloud queue has them.
 *
 * A message goes to the worker who holds fewest, while one has room (`prefetch`); else it waits,
 * first in, first out. From its receipt on it is invisible. Where its work is not done within the
 * visibility timeout it can be received again, behind those that wait; the first worker goes on, and
 * its end is not heard (`duplicates`, and what it spent is wasted). Work that fails is a receive in
 * vain: the message comes back at its visibility timeout, as with SQS, or at once where there is
 * none. After `maxReceives` receives in vain it goes to the dead letters.
 *
 * In use are the workers at work, waiting are the visible messages; a wait is the time for which a
 * message was visible. `oldestAgeIntegralSecSquared` is ∫ age since publishing of the message that
 * is first in line, dt. Workers beyond the partitions are idle. A worker who has to leave ends what
 * it holds, and counts as there until then.
 */
export class QueueStation extends Station {
  readonly statistics: StationStatistics;
  readonly #messages: MessageTable;
  readonly #crew: WorkerCrew;
  readonly #programPc: number;
  readonly #plan: QueuePlan;
  readonly #visibilityClock: number;
  readonly #autoscaling: Autoscaling | null;
  readonly #faults: ActiveFaults;
  readonly #returns: StandstillGuard; // of messages
  readonly #site: number;
  readonly #kind: WorkKind = { sessionClass: 0, priority: 0 };
  #replicas: number; // workers that are there
  #workers = 0; //      of them, those that a fault leaves
  #accountedSec = 0;

  constructor(kernel: Kernel, index: number, station: CompiledStation) {
    super(kernel, index);
    this.#plan = queuePlan(station);
    this.#messages = new MessageTable(kernel.clock);
    this.#programPc = station.programPc;
    this.#returns = new StandstillGuard(kernel.clock);
    this.#visibilityClock = kernel.addClock(this, 0);
    this.#faults = new ActiveFaults(kernel);
    this.#site = station.site;
    this.#replicas = this.#plan.workers;
    this.#crew = new WorkerCrew(this.#replicas, this.#plan.prefetch);
    this.statistics = new StationStatistics(kernel.clock, {
      slots: this.#replicas,
      classes: kernel.compiled.classes.length,
      causes: kernel.compiled.causes.length,
      counterNames: countersWithAutoscaler(counterNames, station),
    });
    this.#autoscaling = createAutoscaling(this, station, {
      replicas: this.#replicas,
      ownCounters: counterNames.length,
    });
    this.#resize();
  }

  /** Messages that were received and are neither worked nor visible again. */
  get messagesUnderWay(): number {
    return this.#messages.count[underWay];
  }

  use(task: number, pc: number): boolean {
    const { kernel, statistics } = this;
    const { tasks } = kernel;
    statistics.requests++;
    const cause = this.#faults.failRequest(this.#site);
    if (cause > 0) return this.#refuse(task, cause);
    const operand = kernel.compiled.operands[kernel.compiled.instructions.b[pc]];
    if (operand.kind !== 'publish') throw new RangeError(`Got ${operand.kind}, expected publish.`);
    const worker = this.#findRoom();
    if (worker < 0 && this.#messages.count[visible] >= this.#plan.maxMessages) {
      return this.#refuse(task, failureCause.queue_full);
    }
    statistics.counters[published]++;
    const message = this.#messages.take(tasks.sessionClass[task], tasks.priority[task]);
    if (operand.waits) {
      this.#messages.publisher[message] = task;
      tasks.loadKey[task] = message;
      tasks.state[task] = taskState.parked;
      tasks.at[task] = this.index;
    }
    if (worker >= 0) {
      statistics.addNoWait(tasks.sessionClass[task]);
      this.#deliver(message, worker);
    } else this.#show(message);
    return !operand.waits;
  }

  finish(task: number): void {
    throw new RangeError(`Got the end of a service of task ${task}; workers are tasks themselves.`);
  }

  withdraw(task: number): void {
    this.#messages.publisher[this.kernel.tasks.loadKey[task]] = -1;
  }

  override onOwnedEnd(task: number, cause: number): void {
    const worker = this.kernel.tasks.job[task];
    const delivery = this.#crew.workOf(worker);
    const message = this.#crew.message[delivery];
    this.account();
    this.statistics.inUse--;
    if (this.#messages.delivery[message] === delivery) this.#onWorked(message, cause);
    else {
      this.statistics.counters[duplicates]++;
      if (cause === 0) this.kernel.sessions.waste(task);
    }
    this.#crew.putDown(worker);
    this.#countSlots();
    this.#work(worker);
    this.#receive(worker);
  }

  /** The visibility timeout of the message that was received first has come. */
  override onClock(_code: number): void {
    const messages = this.#messages;
    const nowSec = this.kernel.clock[0];
    for (;;) {
      const message = messages.head[underWay];
      if (message < 0) return;
      const dueSec = messages.sinceSec[message] + this.#plan.visibilityTimeoutSec;
      if (dueSec > nowSec) {
        this.kernel.setClock(this.#visibilityClock, dueSec);
        return;
      }
      this.#returnMessage(message);
    }
  }

  override onFault(fault: number, begins: boolean): void {
    this.#faults.change(fault, begins);
    this.#resize();
  }

  /** Lets so many workers work. */
  setReplicas(ready: number): void {
    this.#replicas = ready;
    this.#resize();
  }

  override addPendingWaits(waits: SampleSketch): void {
    const messages = this.#messages;
    let message = messages.head[visible];
    for (; message >= 0; message = messages.after(message)) {
      waits.add(this.kernel.clock[0] - messages.sinceSec[message]);
    }
  }

  account(): void {
    const { publishedSec, head } = this.#messages;
    const nowSec = this.kernel.clock[0];
    const oldest = head[visible];
    if (oldest >= 0) {
      const before = this.#accountedSec - publishedSec[oldest];
      const age = nowSec - publishedSec[oldest];
      this.statistics.counters[oldestAge] += ((age - before) * (age + before)) / 2;
    }
    this.#accountedSec = nowSec;
    this.statistics.account();
    this.#autoscaling?.account();
  }

  #refuse(task: number, cause: number): boolean {
    this.statistics.failuresByCause[cause]++;
    this.kernel.fail(task, cause);
    return false;
  }

  /** A worker who can take a message; −1: none. */
  #findRoom(): number {
    const { levels } = this.#crew;
    const worker = levels.findLeast();
    return worker >= 0 && levels.load[worker] < this.#plan.prefetch ? worker : -1;
  }

  #show(message: number): void {
    this.account();
    this.statistics.waiting++;
    this.#messages.join(visible, message);
  }

  /** Lets a worker receive a message that is in no list. */
  #deliver(message: number, worker: number): void {
    const messages = this.#messages;
    this.statistics.counters[receives]++;
    messages.receives[message]++;
    messages.delivery[message] = this.#crew.deliver(
      worker,
      message,
      messages.sessionClass[message],
      messages.priority[message],
    );
    messages.join(underWay, message);
    if (messages.count[underWay] === 1) {
      const dueSec = this.kernel.clock[0] + this.#plan.visibilityTimeoutSec;
      this.kernel.setClock(this.#visibilityClock, dueSec);
    }
    this.#work(worker);
  }

  /** Lets a worker who is free begin with what it holds. */
  #work(worker: number): void {
    if (this.#crew.workOf(worker) >= 0) return;
    const delivery = this.#crew.takeUp(worker);
    if (delivery < 0) return;
    this.account();
    this.statistics.inUse++;
    this.#countSlots();
    this.#kind.sessionClass = this.#crew.sessionClass[delivery];
    this.#kind.priority = this.#crew.priority[delivery];
    this.kernel.spawnOwned(this.index, this.#kind, worker, this.#programPc);
  }

  /** Lets a worker receive visible messages while it has room. */
  #receive(worker: number): void {
    const messages = this.#messages;
    const { levels } = this.#crew;
    while (levels.has(worker) && levels.load[worker] < this.#plan.prefetch) {
      const message = messages.head[visible];
      if (message < 0) return;
      this.account();
      this.statistics.waiting--;
      this.statistics.addWait(messages.sessionClass[message], messages.sinceSec[message]);
      messages.part(visible, message);
      this.#deliver(message, worker);
    }
  }

  /** The work of a message has ended in time. */
  #onWorked(message: number, cause: number): void {
    const messages = this.#messages;
    messages.delivery[message] = -1;
    if (cause === 0) {
      messages.part(underWay, message);
      this.statistics.counters[worked]++;
      const publisher = messages.publisher[message];
      messages.leave(message);
      if (publisher >= 0) this.kernel.goOn(publisher);
    } else if (this.#plan.visibilityTimeoutSec === Number.POSITIVE_INFINITY)
      this.#returnMessage(message);
  }

  /** A message was received in vain: it can be received again, or is dead. */
  #returnMessage(message: number): void {
    const messages = this.#messages;
    const { counters } = this.statistics;
    messages.part(underWay, message);
    messages.delivery[message] = -1;
    if (messages.receives[message] >= this.#plan.maxReceives || this.#isEndless()) {
      counters[deadLetters]++;
      const publisher = messages.publisher[message];
      messages.leave(message);
      if (publisher >= 0) this.#refuse(publisher, failureCause.dead_letter);
      return;
    }
    counters[redeliveries]++;
    const worker = this.#findRoom();
    if (worker < 0) {
      this.#show(message);
      return;
    }
    this.statistics.addNoWait(messages.sessionClass[message]);
    this.#deliver(message, worker);
  }

  /** Whether messages come back again and again without any time passing; stops the run then. */
  #isEndless(): boolean {
    if (!this.#returns.count()) return false;
    this.kernel.stopReason =
      'Messages fail and come back in no time, so the clock would never move on.';
    return true;
  }

  /** Lets the workers work that are there, up to the partitions. */
  #resize(): void {
    this.account();
    this.#workers = usableSlots(this.#replicas, this.#faults.quotaFactor);
    const consumers = Math.min(this.#workers, this.#plan.partitions);
    this.#crew.resize(consumers);
    this.#countSlots();
    while (this.#messages.count[visible] > 0) {
      const worker = this.#findRoom();
      if (worker < 0) return;
      this.#receive(worker);
    }
  }

  #countSlots(): void {
    this.statistics.slots = Math.max(this.#workers, this.statistics.inUse);
  }
}
