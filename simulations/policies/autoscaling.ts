import type { CompiledStation } from '../engine/compiled-scenario';
import type { Kernel } from '../engine/kernel';
import type { Quantity } from '../engine/program';
import type { ClockOwner, Station } from '../engine/station';
import type { StationStatistics } from '../measure/station-statistics';
import type { Autoscaler as AutoscalerPlan } from '../scenario/policy';
import type { Resource } from '../scenario/resource';
import { desiredReplicas } from './desired-replicas';

/** Counters of an autoscaler, in this order. */
const autoscalerCounters = ['replicaSec', 'scaleUps', 'scaleDowns'] as const;

/** What an autoscaler scales. */
interface ScaledStation {
  readonly statistics: StationStatistics;
  account(): void;
  /** Lets so many replicas serve from now on. */
  setReplicas(ready: number): void;
}

/** Names of a station's counters, with those of its autoscaler where it has one. */
export function countersWithAutoscaler(
  names: readonly string[],
  { resource }: CompiledStation,
): readonly string[] {
  return planOf(resource) === undefined ? names : [...names, ...autoscalerCounters];
}

/** Replicas at time 0: those given, within the limits of the autoscaler. */
export function initialReplicas(given: number, plan: AutoscalerPlan | undefined): number {
  return plan === undefined ? given : Math.min(Math.max(given, plan.min), plan.max);
}

/**
 * Makes the autoscaler of a station, where it has one.
 *
 * @param replicas that are there at time 0
 * @param ownCounters that the station has before those of the autoscaler
 */
export function createAutoscaling(
  scaled: ScaledStation & Station,
  { resource, quantities }: CompiledStation,
  { replicas, ownCounters }: { readonly replicas: number; readonly ownCounters: number },
): Autoscaling | null {
  const plan = planOf(resource);
  if (plan === undefined) return null;
  const startUp = quantities['autoscaler.startUpSec'];
  return new Autoscaling(scaled.kernel, scaled, {
    plan,
    startUp,
    replicas,
    firstCounter: ownCounters,
  });
}

function planOf(resource: Resource): AutoscalerPlan | undefined {
  return 'autoscaler' in resource ? resource.autoscaler : undefined;
}

const defaults = { tolerance: 0.1, syncSec: 15, stabilizationSec: 300 } as const;

/** Scale-up policy of Kubernetes: the larger of 4 replicas and 100 %, per 15 s. */
const policy = { periodSec: 15, replicas: 4, factor: 2 } as const;

const clock = { sync: 0, decide: 1, ready: 2 } as const;

/** The metric at a sync. */
interface Sample {
  readonly atSec: number;
  readonly value: number;
  readonly measured: number; // replicas that were ready for as long as it was measured
}

/**
 * Replicas that follow a metric as the Kubernetes horizontal pod autoscaler lets them.
 *
 * At every sync it takes the metric: the utilisation of the slots that are there since the last
 * sync, or the waiters or the requests in the station at that moment per replica. Replicas that
 * were not ready for as long as the utilisation was measured count as idle where it asks for more,
 * and not at all where it asks for fewer. Of the recommendations of the last 300 s the highest is the limit on the way down; on the
 * way up at most 4 replicas or 100 %, whichever is more, are added per 15 s. A new replica serves
 * after its start-up; on the way down those that start go first, latest first.
 *
 * `replicaSec` is what is paid for: ∫ replicas dt, those that start included.
 *
 * @see kubernetes.io, Horizontal Pod Autoscaling, and pkg/controller/podautoscaler of v1.31
 */
export class Autoscaling implements ClockOwner {
  readonly #kernel: Kernel;
  readonly #station: ScaledStation;
  readonly #plan: AutoscalerPlan;
  readonly #startUp: Quantity;
  readonly #firstCounter: number;
  readonly #clocks: readonly number[];
  readonly #syncSec: number;
  readonly #lagSec: number;
  #syncs = 0;
  #current: number;
  #readyAtSync: number; // when the utilisation began to be measured
  #accountedSec = 0;
  #inUseIntegralSec = 0;
  #slotsIntegralSec = 0;
  readonly #readySec: number[] = []; // of replicas that start, ascending
  readonly #samples: Sample[] = []; // whose time to be acted on has not come
  /** Recommendations that could be the highest of the window: times ascending, numbers descending. */
  readonly #highest: { readonly atSec: number; readonly replicas: number }[] = [];
  readonly #changes: { readonly atSec: number; readonly added: number }[] = [];

  /** @param setup.firstCounter index of `replicaSec` among the counters of the station */
  constructor(
    kernel: Kernel,
    station: ScaledStation,
    setup: {
      readonly plan: AutoscalerPlan;
      readonly startUp: Quantity | undefined;
      readonly replicas: number;
      readonly firstCounter: number;
    },
  ) {
    this.#kernel = kernel;
    this.#station = station;
    this.#plan = setup.plan;
    this.#startUp = setup.startUp ?? { site: -1, value: 0 };
    this.#firstCounter = setup.firstCounter;
    this.#current = setup.replicas;
    this.#readyAtSync = setup.replicas;
    this.#syncSec = setup.plan.syncSec ?? defaults.syncSec;
    this.#lagSec = setup.plan.metricLagSec ?? 0;
    this.#highest.push({ atSec: 0, replicas: setup.replicas });
    this.#clocks = Object.values(clock).map((code) => kernel.addClock(this, code));
    kernel.setClock(this.#clocks[clock.sync], this.#syncSec);
  }

  get #ready(): number {
    return this.#current - this.#readySec.length;
  }

  /** Credits the time since the last account to the replicas that were there. */
  account(): void {
    const nowSec = this.#kernel.clock[0];
    this.#station.statistics.counters[this.#firstCounter] +=
      (nowSec - this.#accountedSec) * this.#current;
    this.#accountedSec = nowSec;
  }

  onClock(code: number): void {
    if (code === clock.sync) this.#sync();
    else if (code === clock.decide) this.#decideLate();
    else this.#onReady();
  }

  #sync(): void {
    const nowSec = this.#kernel.clock[0];
    this.#syncs++;
    this.#kernel.setClock(this.#clocks[clock.sync], (this.#syncs + 1) * this.#syncSec);
    const measured = Math.min(this.#ready, this.#readyAtSync);
    const sample = { atSec: nowSec, value: this.#measure(), measured };
    if (this.#lagSec === 0) this.#decide(sample);
    else if (this.#samples.push(sample) === 1) {
      this.#kernel.setClock(this.#clocks[clock.decide], nowSec + this.#lagSec);
    }
    this.#readyAtSync = this.#ready;
  }

  #decideLate(): void {
    const sample = this.#samples.shift();
    const next = this.#samples.at(0);
    if (next !== undefined) {
      this.#kernel.setClock(this.#clocks[clock.decide], next.atSec + this.#lagSec);
    }
    if (sample !== undefined) this.#decide(sample);
  }

  /** Utilisation since the last sync, or the number of requests now; NaN where there is no slot. */
  #measure(): number {
    this.#station.account();
    const { statistics } = this.#station;
    const { inUse, waiting, inUseIntegralSec, slotsIntegralSec } = statistics;
    const { metric } = this.#plan;
    const busySec = inUseIntegralSec - this.#inUseIntegralSec;
    const slotSec = slotsIntegralSec - this.#slotsIntegralSec;
    this.#inUseIntegralSec = inUseIntegralSec;
    this.#slotsIntegralSec = slotsIntegralSec;
    if (metric === 'utilization') return busySec / slotSec;
    return metric === 'waitingPerReplica' ? waiting : inUse + waiting;
  }

  #decide(sample: Sample): void {
    const recommended = this.#recommend(sample);
    if (Number.isNaN(recommended)) return;
    this.#remember(recommended);
    const { min, max } = this.#plan;
    const current = this.#current;
    let wanted = current;
    if (recommended > current) wanted = Math.min(recommended, this.#scaleUpLimit());
    else if (this.#highest[0].replicas < current) wanted = this.#highest[0].replicas;
    this.#scaleTo(Math.min(Math.max(wanted, min), max));
  }

  /** Replicas by the formula; NaN where there is nothing to go by. */
  #recommend({ value, measured }: Sample): number {
    const current = this.#current;
    const { target, metric } = this.#plan;
    const tolerance = this.#plan.tolerance ?? defaults.tolerance;
    const formula = (currentReplicas: number, mean: number) =>
      desiredReplicas({ currentReplicas, metric: mean, target, tolerance });
    if (metric !== 'utilization') return formula(current, value / current);
    if (!(value >= 0) || measured === 0) return Number.NaN;
    if (Math.abs(value / target - 1) <= tolerance) return current;
    if (value < target) return formula(measured, value);
    // Those that start are taken for idle: they may be all that is missing, but never too many.
    return Math.max(current, formula(current, (value * Math.min(measured, current)) / current));
  }

  /** Keeps the recommendations that may be the highest until they are too old. */
  #remember(replicas: number): void {
    const nowSec = this.#kernel.clock[0];
    const windowSec = this.#plan.scaleDownStabilizationSec ?? defaults.stabilizationSec;
    const highest = this.#highest;
    while (highest.length > 0 && highest[highest.length - 1].replicas <= replicas) highest.pop();
    highest.push({ atSec: nowSec, replicas });
    while (highest.length > 1 && highest[0].atSec <= nowSec - windowSec) highest.shift();
  }

  #scaleUpLimit(): number {
    const sinceSec = this.#kernel.clock[0] - policy.periodSec;
    const changes = this.#changes;
    while (changes.length > 0 && changes[0].atSec <= sinceSec) changes.shift();
    const before = changes.reduce((replicas, { added }) => replicas - added, this.#current);
    return Math.max(this.#current, before + policy.replicas, before * policy.factor);
  }

  #scaleTo(wanted: number): void {
    const added = wanted - this.#current;
    if (added === 0) return;
    this.#station.account();
    const { counters } = this.#station.statistics;
    counters[this.#firstCounter + (added > 0 ? 1 : 2)]++;
    this.#changes.push({ atSec: this.#kernel.clock[0], added });
    this.#current = wanted;
    if (added > 0) this.#startReplicas(added);
    else this.#readySec.splice(Math.max(0, this.#readySec.length + added));
    this.#onReady();
  }

  #startReplicas(count: number): void {
    const nowSec = this.#kernel.clock[0];
    for (let i = 0; i < count; i++) {
      this.#kernel.draw(this.#startUp);
      this.#readySec.push(nowSec + this.#kernel.laws.drawn[0]);
    }
    this.#readySec.sort((a, b) => a - b);
  }

  /** Replicas whose start-up is over serve from now on. */
  #onReady(): void {
    const nowSec = this.#kernel.clock[0];
    let ended = 0;
    while (ended < this.#readySec.length && this.#readySec[ended] <= nowSec) ended++;
    this.#readySec.splice(0, ended);
    const nextSec = this.#readySec.at(0) ?? Number.POSITIVE_INFINITY;
    this.#kernel.setClock(this.#clocks[clock.ready], nextSec);
    this.#station.account();
    this.#station.setReplicas(this.#ready);
  }
}
