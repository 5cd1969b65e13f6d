import type { CompiledStation } from '../engine/compiled-scenario';
import { failureCause } from '../engine/failure-cause';
import type { Kernel } from '../engine/kernel';
import { Station } from '../engine/station';
import { StationStatistics } from '../measure/station-statistics';
import { ActiveFaults } from './active-faults';
import { TokenBuckets } from './token-buckets';
import { WaitingLists } from './waiting-lists';

const acquired = -1; // program counter of a task that does not use the limiter, but acquires it

const line = 0; // the one list of those who wait

/**
 * A token bucket at the door, which is full at time 0.
 *
 * A use takes one token, `acquire` as many as its units; nothing comes back. Who finds too few is
 * refused and told when there will be enough, or waits in line: a demand behind one that waits is
 * never let through before it. A demand above the burst is refused in either case. After the door the
 * duration of a use passes without holding anything.
 */
export class LimiterStation extends Station {
  readonly statistics: StationStatistics;
  readonly #buckets: TokenBuckets;
  readonly #line: WaitingLists;
  readonly #clockId: number;
  readonly #waits: boolean;
  readonly #maxWaiting: number;
  readonly #faults: ActiveFaults;

  constructor(kernel: Kernel, index: number, station: CompiledStation) {
    super(kernel, index);
    const { resource } = station;
    if (resource.kind !== 'limiter')
      throw new RangeError(`Got ${resource.kind} when expected a limiter.`);
    this.#buckets = new TokenBuckets(kernel.clock, [resource]);
    this.#line = new WaitingLists(this);
    this.#clockId = kernel.addClock(this, 0);
    this.#waits = resource.onLimit === 'wait';
    this.#maxWaiting = resource.maxWaiting ?? Number.POSITIVE_INFINITY;
    this.#faults = new ActiveFaults(kernel);
    this.statistics = new StationStatistics(kernel.clock, {
      slots: Number.POSITIVE_INFINITY,
      classes: kernel.compiled.classes.length,
      causes: kernel.compiled.causes.length,
      counterNames: ['tokensTaken'],
    });
  }

  use(task: number, pc: number): boolean {
    return this.#admit(task, pc, 1) && this.kernel.delay(task, pc);
  }

  override acquire(task: number, units: number): boolean {
    return this.#admit(task, acquired, units);
  }

  /** A token that was taken does not come back. */
  override release(_task: number, _units: number): void {}

  /** What was acquired does not open the door for a use. */
  override serveHeld(task: number, pc: number): boolean {
    return this.use(task, pc);
  }

  finish(_task: number): void {}

  withdraw(task: number): void {
    const wasHead = task === this.#line.head[line];
    this.#line.leave(line, task);
    if (wasHead) this.#admitWaiting();
  }

  override onClock(_code: number): void {
    this.#admitWaiting();
  }

  override onFault(fault: number, begins: boolean): void {
    this.#faults.change(fault, begins);
    this.#buckets.scaleRates(this.#faults.quotaFactor);
    while (this.#faults.isOutage && this.#line.head[line] >= 0) {
      const task = this.#line.head[line];
      this.#line.leave(line, task);
      this.#refuse(task, failureCause.outage);
    }
    this.#admitWaiting();
  }

  account(): void {
    this.statistics.account();
  }

  /** Whether a task passes at once; else it waits or was refused. */
  #admit(task: number, pc: number, tokens: number): boolean {
    const { kernel, statistics } = this;
    const buckets = this.#buckets;
    statistics.requests++;
    const cause = this.#faults.failRequest(kernel.compiled.stations[this.index].site);
    if (cause !== 0) {
      this.#refuse(task, cause);
      return false;
    }
    buckets.need[0] = tokens;
    const isLimited = buckets.findLimit() >= 0;
    if (!isLimited && this.#line.head[line] < 0) {
      buckets.take();
      statistics.counters[0] += tokens;
      statistics.addNoWait(kernel.tasks.sessionClass[task]);
      return true;
    }
    const roomAfterSec = buckets.roomAfterSec[0];
    if (!this.#waits || tokens > buckets.burst[0]) {
      kernel.retryAfterSec[0] = Number.isFinite(roomAfterSec) ? roomAfterSec : 0;
      this.#refuse(task, failureCause.rate_limited);
    } else if (statistics.waiting >= this.#maxWaiting) {
      this.#refuse(task, failureCause.queue_full);
    } else {
      kernel.tasks.loadKey[task] = pc;
      kernel.tasks.serviceSec[task] = tokens;
      this.#line.join(line, task);
      if (this.#line.head[line] === task) this.#wakeAfter(roomAfterSec);
    }
    return false;
  }

  /** Lets through whoever the tokens reach for, and sets the clock for the next. */
  #admitWaiting(): void {
    const { kernel } = this;
    const { tasks } = kernel;
    const buckets = this.#buckets;
    for (;;) {
      const task = this.#line.head[line];
      if (task < 0) {
        this.#wakeAfter(Number.POSITIVE_INFINITY);
        return;
      }
      buckets.need[0] = tasks.serviceSec[task];
      if (buckets.findLimit() >= 0) {
        this.#wakeAfter(buckets.roomAfterSec[0]);
        return;
      }
      buckets.take();
      this.statistics.counters[0] += tasks.serviceSec[task];
      this.#line.leave(line, task);
      const pc = tasks.loadKey[task];
      if (pc === acquired) kernel.onAcquired(task);
      else if (kernel.delay(task, pc)) kernel.goOn(task);
    }
  }

  #wakeAfter(afterSec: number): void {
    this.kernel.setClock(this.#clockId, this.kernel.clock[0] + afterSec);
  }

  #refuse(task: number, cause: number): void {
    this.statistics.failuresByCause[cause]++;
    this.kernel.fail(task, cause);
  }
}
