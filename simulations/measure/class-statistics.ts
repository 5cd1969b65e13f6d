import { integrate, integrateSquared } from './integrate-levels';
import { SampleSketch, type SampleSketchState } from './sample-sketch';

/** What sessions of one class did in one window of simulated time, as plain data. */
export interface ClassWindow {
  readonly durationSec: number;
  readonly inProgressIntegralSec: number; //        ∫ sessions in progress dt
  readonly inProgressSquaredIntegralSec: number;
  /** Time with `firstInProgress + i` sessions in progress, in seconds. */
  readonly timeSecByInProgress: Float64Array;
  readonly firstInProgress: number;
  readonly started: number;
  readonly succeeded: number;
  readonly inTime: number; //                       of those, within the deadline
  readonly failuresByCause: Float64Array; //        sessions that failed or were abandoned
  readonly responseSec: SampleSketchState; //       of sessions that succeeded
  readonly turnSec: SampleSketchState; //           of turns that ended
  readonly failedTurns: number;
  readonly spentUsd: number;
  readonly wastedUsd: number; //                    of attempts and sessions without a used result
  readonly spentTokens: number;
  readonly wastedTokens: number;
  readonly unpricedTokens: number; //               of those spent, at a price that is not known
  readonly staleDecisions: number; //               writes that met a version not the one read
}

/** Collects what the sessions of one class do; adds, never allocates. */
export class ClassStatistics {
  inProgress = 0;
  started = 0;
  succeeded = 0;
  inTime = 0;
  failedTurns = 0;
  staleDecisions = 0;
  unpricedTokens = 0;
  readonly failuresByCause: Float64Array;
  readonly responseSec = new SampleSketch();
  readonly turnSec = new SampleSketch();
  /** Spent and wasted dollars, spent and wasted tokens. */
  readonly spend = new Float64Array(4);
  readonly #clock: Float64Array;
  #timeSecByInProgress = new Float64Array(64);
  /** Accounted time, that up to the start of the window, and ∫ in progress dt up to then. */
  readonly #totals = new Float64Array(3);

  constructor(clock: Float64Array, causes: number) {
    this.#clock = clock;
    this.failuresByCause = new Float64Array(causes);
  }

  /** ∫ sessions in progress dt since time 0, up to the last account. */
  get inProgressIntegralSec(): number {
    return this.#totals[2] + integrate(this.#timeSecByInProgress);
  }

  /** Credits the time since the last account to the sessions in progress during it. */
  account(): void {
    const totals = this.#totals;
    const nowSec = this.#clock[0];
    const elapsedSec = nowSec - totals[0];
    if (elapsedSec === 0) return;
    totals[0] = nowSec;
    const { inProgress } = this;
    if (inProgress >= this.#timeSecByInProgress.length) this.#widen(inProgress);
    this.#timeSecByInProgress[inProgress] += elapsedSec;
  }

  /** Ends the window now, up to which the state is accounted, and begins the next one. */
  closeWindow(): ClassWindow {
    const totals = this.#totals;
    const times = this.#timeSecByInProgress;
    let first = 0;
    let end = times.length;
    while (first < end && times[first] === 0) first++;
    while (end > first && times[end - 1] === 0) end--;
    const inProgressIntegralSec = integrate(times);
    const [spentUsd, wastedUsd, spentTokens, wastedTokens] = this.spend;
    const window: ClassWindow = {
      durationSec: totals[0] - totals[1],
      inProgressIntegralSec,
      inProgressSquaredIntegralSec: integrateSquared(times),
      timeSecByInProgress: times.slice(first, end),
      firstInProgress: first,
      started: this.started,
      succeeded: this.succeeded,
      inTime: this.inTime,
      failuresByCause: this.failuresByCause.slice(),
      responseSec: this.responseSec.toState(),
      turnSec: this.turnSec.toState(),
      failedTurns: this.failedTurns,
      spentUsd,
      wastedUsd,
      spentTokens,
      wastedTokens,
      unpricedTokens: this.unpricedTokens,
      staleDecisions: this.staleDecisions,
    };
    totals[1] = totals[0];
    totals[2] += inProgressIntegralSec;
    this.#clear();
    return window;
  }

  #clear(): void {
    this.#timeSecByInProgress.fill(0);
    this.started = 0;
    this.succeeded = 0;
    this.inTime = 0;
    this.failedTurns = 0;
    this.staleDecisions = 0;
    this.unpricedTokens = 0;
    this.failuresByCause.fill(0);
    this.spend.fill(0);
    this.responseSec.clear();
    this.turnSec.clear();
  }

  #widen(inProgress: number): void {
    const wider = new Float64Array(2 * inProgress + 1);
    wider.set(this.#timeSecByInProgress);
    this.#timeSecByInProgress = wider;
  }
}
