import { integrate, integrateSquared } from './integrate-levels';
import { SampleSketch, type SampleSketchState } from './sample-sketch';

/** What a station did in one window of simulated time, as plain data. Windows add up. */
export interface StationWindow {
  readonly durationSec: number;
  /** Time with `firstInUse + i` slots in use, in seconds. */
  readonly timeSecByInUse: Float64Array;
  readonly firstInUse: number;
  readonly inUseIntegralSec: number; //    ∫ slots in use dt
  readonly slotsIntegralSec: number; //    ∫ slots that are there dt; Infinity where unlimited
  readonly waitingIntegralSec: number; //  ∫ waiters dt
  readonly inSystemSquaredIntegralSec: number; // ∫ (slots in use + waiters)² dt
  readonly requests: number;
  readonly failuresByCause: Float64Array; // requests that ended here without a result
  /** Waits that ended, those given up included; by class. A wait of nothing counts as 0. */
  readonly waitSecByClass: readonly SampleSketchState[];
  readonly counters: Float64Array; //      in the order of the station's `counterNames`
}

const noNames: readonly string[] = [];

/**
 * Collects the time-weighted state and the samples of one station; adds, never allocates.
 *
 * The station keeps `inUse`, `waiting` and `slots` up to date and calls `account` before it changes
 * one of them.
 */
export class StationStatistics {
  inUse = 0;
  waiting = 0;
  requests = 0;
  readonly counterNames: readonly string[];
  readonly counters: Float64Array;
  readonly failuresByCause: Float64Array;
  readonly waitSecByClass: readonly SampleSketch[];
  readonly #clock: Float64Array;
  #slots: number;
  #timeSecByInUse: Float64Array;
  /**
   * Accounted time, ∫ waiting, ∫ 2 · in use · waiting + waiting²: what the time by slots in use does
   * not tell, and does not change while nobody waits. All since time 0.
   */
  readonly #totals = new Float64Array(3);
  readonly #atWindowStart = new Float64Array(3);
  /** ∫ slots up to the last change of their number, the time of that, and ∫ at the window's start. */
  readonly #slotTotals = new Float64Array(3);
  /** ∫ in use and Σ of the waits that ended, both up to the start of the window. */
  readonly #beforeWindow = new Float64Array(2);

  constructor(
    clock: Float64Array,
    shape: {
      readonly slots: number; // Infinity where unlimited
      readonly classes: number;
      readonly causes: number;
      readonly counterNames?: readonly string[];
    },
  ) {
    this.#clock = clock;
    this.#slots = shape.slots;
    this.counterNames = shape.counterNames ?? noNames;
    this.counters = new Float64Array(this.counterNames.length);
    this.failuresByCause = new Float64Array(shape.causes);
    this.waitSecByClass = Array.from({ length: shape.classes }, () => new SampleSketch());
    const most = shape.slots < 4_096 ? shape.slots : 64;
    this.#timeSecByInUse = new Float64Array(most + 1);
  }

  /** ∫ slots in use dt since time 0, up to the last account. */
  get inUseIntegralSec(): number {
    return this.#beforeWindow[0] + integrate(this.#timeSecByInUse);
  }

  /** Slots that are there; `Infinity` where unlimited. */
  get slots(): number {
    return this.#slots;
  }

  set slots(slots: number) {
    const totals = this.#slotTotals;
    totals[0] = this.slotsIntegralSec;
    totals[1] = this.#totals[0];
    this.#slots = slots;
  }

  /** ∫ slots that are there dt since time 0, up to the last account; Infinity where unlimited. */
  get slotsIntegralSec(): number {
    const totals = this.#slotTotals;
    const elapsedSec = this.#totals[0] - totals[1];
    return elapsedSec > 0 ? totals[0] + this.#slots * elapsedSec : totals[0];
  }

  /** ∫ waiters dt since time 0, up to the last account. */
  get waitingIntegralSec(): number {
    return this.#totals[1];
  }

  /** Σ of waits that ended since time 0. */
  get waitTotalSec(): number {
    let totalSec = this.#beforeWindow[1];
    for (const { sum } of this.waitSecByClass) totalSec += sum;
    return totalSec;
  }

  /** Credits the time since the last account to the state that held during it. */
  account(): void {
    const totals = this.#totals;
    const nowSec = this.#clock[0];
    const elapsedSec = nowSec - totals[0];
    if (elapsedSec === 0) return;
    totals[0] = nowSec;
    const { inUse, waiting } = this;
    if (inUse >= this.#timeSecByInUse.length) this.#widen(inUse);
    this.#timeSecByInUse[inUse] += elapsedSec;
    if (waiting === 0) return;
    const waitedSec = waiting * elapsedSec;
    totals[1] += waitedSec;
    totals[2] += (2 * inUse + waiting) * waitedSec;
  }

  /** Counts a wait that ended now, by the class of who waited. */
  addWait(sessionClass: number, sinceSec: number): void {
    this.waitSecByClass[sessionClass].add(this.#clock[0] - sinceSec);
  }

  /** Counts a request that did not have to wait. */
  addNoWait(sessionClass: number): void {
    this.waitSecByClass[sessionClass].addZero();
  }

  /** Ends the window now, up to which the state is accounted, and begins the next one. */
  closeWindow(): StationWindow {
    const totals = this.#totals;
    const start = this.#atWindowStart;
    const times = this.#timeSecByInUse;
    let first = 0;
    let end = times.length;
    while (first < end && times[first] === 0) first++;
    while (end > first && times[end - 1] === 0) end--;
    const inUseIntegralSec = integrate(times);
    const slotsIntegralSec = this.slotsIntegralSec;
    const window: StationWindow = {
      durationSec: totals[0] - start[0],
      timeSecByInUse: times.slice(first, end),
      firstInUse: first,
      inUseIntegralSec,
      slotsIntegralSec:
        this.#slots === Number.POSITIVE_INFINITY
          ? this.#slots
          : slotsIntegralSec - this.#slotTotals[2],
      waitingIntegralSec: totals[1] - start[1],
      inSystemSquaredIntegralSec: integrateSquared(times) + totals[2] - start[2],
      requests: this.requests,
      failuresByCause: this.failuresByCause.slice(),
      waitSecByClass: this.waitSecByClass.map((sketch) => sketch.toState()),
      counters: this.counters.slice(),
    };
    start.set(totals);
    this.#slotTotals[2] = slotsIntegralSec;
    this.#beforeWindow[0] += inUseIntegralSec;
    times.fill(0);
    this.forgetSamples();
    return window;
  }

  /** Forgets requests and waits, but not the state: for what happened while a scene was set. */
  forgetSamples(): void {
    this.requests = 0;
    this.failuresByCause.fill(0);
    this.counters.fill(0);
    this.#beforeWindow[1] = this.waitTotalSec;
    for (const sketch of this.waitSecByClass) sketch.clear();
  }

  #widen(inUse: number): void {
    const wider = new Float64Array(2 * inUse + 1);
    wider.set(this.#timeSecByInUse);
    this.#timeSecByInUse = wider;
  }
}
