import type { CompiledStation } from '../engine/compiled-scenario';
import { failureCause } from '../engine/failure-cause';
import type { Kernel } from '../engine/kernel';
import { taskState } from '../engine/op';
import { Station } from '../engine/station';
import { StationStatistics } from '../measure/station-statistics';
import type { ProviderResource } from '../scenario/resource';
import { ActiveFaults } from './active-faults';
import { billCounterNames, CallBill } from './call-bill';
import { CallDraws } from './call-draws';
import { CallsToRepeat } from './calls-to-repeat';
import { ModelCalls } from './model-calls';
import { QuotaLedger, quotaCounterNames } from './quota-ledger';
import { WaitingLists } from './waiting-lists';

const counterNames = [...billCounterNames, 'callsAdmitted', 'limitedBy.concurrency'] as const;
const counter = { callsAdmitted: billCounterNames.length, limited: billCounterNames.length + 1 };

const line = 0; // the one list of those who wait

/**
 * A provider of model calls: quotas, slots, overload, errors, latency by tokens and load, and a bill.
 *
 * A call is admitted when every quota and the slots have room. Else it is refused and told when the
 * quotas will have room, or it waits in line, first in, first out. Latency is (base + prefill ·
 * uncached prompt + decode · output) · (1 + slowdown · other calls under way), or the step's own
 * duration instead of the first factor. Who is cancelled on the way pays for the prompt and the output
 * so far, as providers bill it; failed and refused calls are free. A retry asks for the same tokens.
 */
export class ProviderStation extends Station {
  readonly statistics: StationStatistics;
  readonly #resource: ProviderResource;
  readonly #hasRetryAfter: boolean;
  readonly #draws: CallDraws;
  readonly #bill: CallBill;
  readonly #repeats: CallsToRepeat;
  readonly #calls: ModelCalls;
  readonly #ledger: QuotaLedger;
  readonly #line: WaitingLists;
  readonly #faults: ActiveFaults;
  readonly #clockId: number;

  constructor(kernel: Kernel, index: number, station: CompiledStation) {
    super(kernel, index);
    const { resource } = station;
    if (resource.kind !== 'provider')
      throw new RangeError(`Got ${resource.kind} when expected a provider.`);
    const { quotas = [], concurrency = Number.POSITIVE_INFINITY } = resource;
    this.#resource = resource;
    this.#hasRetryAfter = station.quantities.retryAfterSec !== undefined;
    this.statistics = new StationStatistics(kernel.clock, {
      slots: concurrency,
      classes: kernel.compiled.classes.length,
      causes: kernel.compiled.causes.length,
      counterNames: [...counterNames, ...quotaCounterNames(quotas)],
    });
    this.#calls = new ModelCalls(quotas.length);
    this.#repeats = new CallsToRepeat(kernel, this.#calls);
    this.#draws = new CallDraws(kernel, this.#calls, station);
    this.#bill = new CallBill(kernel, this.#calls, {
      price: resource.priceUsdPerMillion,
      counters: this.statistics.counters,
    });
    this.#ledger = new QuotaLedger(quotas, {
      clock: kernel.clock,
      calls: this.#calls,
      counters: this.statistics.counters.subarray(counterNames.length),
    });
    this.#line = new WaitingLists(this);
    this.#faults = new ActiveFaults(kernel);
    this.#clockId = kernel.addClock(this, 0);
  }

  use(task: number, pc: number): boolean {
    const { statistics } = this;
    statistics.requests++;
    const repeated = this.#repeats.take(task);
    const call = repeated < 0 ? this.#draws.drawCall(pc) : repeated;
    this.kernel.tasks.loadKey[task] = call;
    const { onLimit, overloadAt } = this.#resource;
    const isBehindOthers = this.#line.head[line] >= 0;
    const limit = this.#ledger.findLimit(call);
    if (this.#faults.isOutage) this.#refuse(task, failureCause.outage);
    else if (!isBehindOthers && overloadAt !== undefined && statistics.inUse >= overloadAt) {
      this.#refuse(task, failureCause.overloaded);
    } else if (limit < 0 && !isBehindOthers && statistics.inUse < statistics.slots) {
      statistics.addNoWait(this.kernel.tasks.sessionClass[task]);
      this.#admit(task, call, pc);
    } else {
      this.#noteLimit(limit);
      const roomAfterSec = this.#ledger.buckets.roomAfterSec[0];
      if (onLimit === 'wait' && this.#ledger.buckets.canEverAdmit()) {
        this.#line.join(line, task);
        if (!isBehindOthers && limit >= 0) this.#wakeAfter(roomAfterSec);
      } else this.#refuseByLimit(task, roomAfterSec);
    }
    return false;
  }

  finish(task: number): void {
    const call = this.kernel.tasks.loadKey[task];
    this.#bill.charge(task, call, this.#calls.output[call]);
    this.#leave(call, this.#calls.output[call]);
    this.#calls.leave(call);
    this.#admitWaiting();
  }

  withdraw(task: number): void {
    const { tasks, clock } = this.kernel;
    const call = tasks.loadKey[task];
    if (tasks.state[task] === taskState.waiting) {
      this.#line.leave(line, task);
    } else if (tasks.state[task] === taskState.serving) {
      const produced = this.#calls.producedBy(call, clock[0]);
      this.#bill.charge(task, call, produced);
      this.#leave(call, produced);
    } else this.#leave(call, -1);
    this.#repeats.keep(task, call);
    this.#admitWaiting();
  }

  /** A call that was bound to fail has failed. */
  override onTimer(task: number): void {
    const call = this.kernel.tasks.loadKey[task];
    this.#leave(call, -1);
    this.#repeats.keep(task, call);
    this.#admitWaiting();
    this.statistics.failuresByCause[failureCause.error]++;
    this.kernel.fail(task, failureCause.error);
  }

  override onClock(_code: number): void {
    this.#admitWaiting();
  }

  override onFault(fault: number, begins: boolean): void {
    const { statistics } = this;
    this.#faults.change(fault, begins);
    const { quotaFactor, isOutage } = this.#faults;
    this.#ledger.scale(quotaFactor);
    statistics.account();
    const { concurrency } = this.#resource;
    if (concurrency !== undefined) statistics.slots = Math.floor(concurrency * quotaFactor);
    while (isOutage && this.#line.head[line] >= 0) {
      const task = this.#line.head[line];
      this.#line.leave(line, task);
      this.#refuse(task, failureCause.outage);
    }
    this.#admitWaiting();
  }

  account(): void {
    this.statistics.account();
    this.#ledger.account();
  }

  /** Starts a call that `findLimit` was asked about last. */
  #admit(task: number, call: number, pc: number): void {
    const { kernel, statistics } = this;
    this.#ledger.admit(call);
    statistics.counters[counter.callsAdmitted]++;
    statistics.account();
    statistics.inUse++;
    const { latencyFactor, errorRate } = this.#faults;
    const others = statistics.inUse - 1;
    const factor = (1 + (this.#resource.slowdownPerInFlight ?? 0) * others) * latencyFactor;
    if (this.#draws.drawError(errorRate)) {
      this.#draws.drawLaw('baseSec');
      kernel.laws.drawn[0] *= factor;
      kernel.tasks.state[task] = taskState.parked;
      kernel.tasks.at[task] = this.index;
      kernel.startTimer(task);
      return;
    }
    this.#draws.drawLatency(call, task, { pc, factor });
    kernel.startService(task, this.index);
  }

  /** A call under way ends, of whose output so much was produced; below 0: it failed. */
  #leave(call: number, produced: number): void {
    this.statistics.account();
    this.statistics.inUse--;
    this.#ledger.settle(call, produced);
  }

  /** Lets calls in for which there is room now, and sets the clock for the next. */
  #admitWaiting(): void {
    const { kernel, statistics } = this;
    const { tasks } = kernel;
    const most = Math.min(statistics.slots, this.#resource.overloadAt ?? Number.POSITIVE_INFINITY);
    let wakeAfterSec = Number.POSITIVE_INFINITY;
    while (this.#line.head[line] >= 0 && statistics.inUse < most) {
      const task = this.#line.head[line];
      const call = tasks.loadKey[task];
      if (this.#ledger.findLimit(call) >= 0) {
        wakeAfterSec = this.#ledger.buckets.roomAfterSec[0];
        break;
      }
      this.#line.leave(line, task);
      this.#admit(task, call, tasks.pc[task] - 1);
    }
    this.#wakeAfter(wakeAfterSec);
  }

  #wakeAfter(afterSec: number): void {
    this.kernel.setClock(this.#clockId, this.kernel.clock[0] + afterSec);
  }

  #noteLimit(limit: number): void {
    if (limit >= 0) this.#ledger.noteLimit(limit);
    else if (this.#line.head[line] < 0) this.statistics.counters[counter.limited]++;
  }

  #refuseByLimit(task: number, roomAfterSec: number): void {
    const { kernel } = this;
    if (this.#hasRetryAfter) {
      this.#draws.drawLaw('retryAfterSec');
      kernel.retryAfterSec[0] = kernel.laws.drawn[0];
    } else kernel.retryAfterSec[0] = roomAfterSec < Number.POSITIVE_INFINITY ? roomAfterSec : 0;
    this.#refuse(task, failureCause.rate_limited);
  }

  /** Refuses the call that `findLimit` was asked about last, or one that waited. */
  #refuse(task: number, cause: number): void {
    if (this.kernel.tasks.state[task] !== taskState.waiting) this.#ledger.refuse();
    this.#repeats.keep(task, this.kernel.tasks.loadKey[task]);
    this.statistics.failuresByCause[cause]++;
    this.kernel.fail(task, cause);
  }
}
