import type { Kernel } from '../engine/kernel';
import type { Breaker } from '../scenario/policy';
import { FailureWindow } from './failure-window';
import { OpenTime } from './open-time';

/** What a breaker does with a call. */
const breakerState = { closed: 0, open: 1, halfOpen: 2 } as const;

const defaultWindowSec = 10;
const defaultMinimumCalls = 20;
const initialPlaces = 16;

/**
 * Circuit breaker: closed it lets calls through and counts their failures, open it refuses them for
 * a time, half open it lets a few trial calls through, which close it when all succeed and open it
 * when one fails.
 *
 * A breaker has one place for all, or one for each session. A limit of calls is of a session, so a
 * breaker with `callsPerSession` is each session's own. What becomes of a call that was let through
 * counts only while the breaker is still as it was then.
 *
 * @see Nygard, Release It! (2007), ch. 5.2
 */
export class CircuitBreaker {
  /** Times that it has opened, over all sessions, since time 0. */
  openings = 0;
  readonly openTime: OpenTime;
  readonly #kernel: Kernel;
  readonly #rules: Breaker;
  readonly #isPerSession: boolean;
  readonly #halfOpenCalls: number;
  readonly #window: FailureWindow | null;
  #state = new Uint8Array(initialPlaces);
  #epoch = new Int32Array(initialPlaces); //       changes with each change of state
  #failures = new Int32Array(initialPlaces); //    in a row
  #calls = new Int32Array(initialPlaces); //       since the session began or the breaker closed
  #trials = new Int32Array(initialPlaces); //      let through while half open
  #successes = new Int32Array(initialPlaces); //   of those
  #opening = new Int32Array(initialPlaces); //     the last one, as `OpenTime` knows it
  #openUntilSec = new Float64Array(initialPlaces);
  #lastEpoch = 1;

  constructor(kernel: Kernel, rules: Breaker) {
    this.#kernel = kernel;
    this.#rules = rules;
    this.#isPerSession = rules.scope === 'session' || rules.callsPerSession !== undefined;
    this.#halfOpenCalls = rules.halfOpenCalls ?? 1;
    this.#window =
      rules.failureRate === undefined
        ? null
        : new FailureWindow(kernel.clock, rules.windowSec ?? defaultWindowSec);
    this.#window?.widen(initialPlaces);
    this.openTime = new OpenTime(kernel.clock);
    this.#epoch[0] = this.#lastEpoch;
  }

  /** Asks to let an attempt through that begins now. Who is let through owes an answer. */
  admit(task: number): boolean {
    const { tasks, clock } = this.#kernel;
    const place = this.#placeOf(tasks.root[task]);
    if (this.#state[place] === breakerState.open) {
      if (clock[0] < this.#openUntilSec[place]) return false;
      this.#enter(place, breakerState.halfOpen);
    }
    if (this.#state[place] === breakerState.halfOpen) {
      if (this.#trials[place] >= this.#halfOpenCalls) return false;
      this.#trials[place]++;
    } else if (this.#calls[place] >= (this.#rules.callsPerSession ?? Infinity) && place > 0) {
      this.#open(place);
      return false;
    }
    this.#calls[place]++;
    tasks.guardEpoch[task] = this.#epoch[place];
    tasks.guardPlace[task] = place;
    return true;
  }

  /** An attempt that was let through has a result. */
  onResult(task: number, hasFailed: boolean): void {
    const { tasks, clock } = this.#kernel;
    const place = tasks.guardPlace[task];
    const isAsThen = tasks.guardEpoch[task] === this.#epoch[place];
    tasks.guardEpoch[task] = 0;
    if (!isAsThen) return;
    const { slowerThanSec = Infinity } = this.#rules;
    const isFailure = hasFailed || clock[0] - tasks.attemptSec[task] > slowerThanSec;
    if (this.#state[place] === breakerState.closed) this.#count(place, isFailure);
    else if (isFailure) this.#open(place);
    else if (++this.#successes[place] >= this.#halfOpenCalls) {
      this.#enter(place, breakerState.closed);
    }
  }

  /** An attempt that was let through is cancelled without a result. */
  onCancelled(task: number): void {
    const { tasks } = this.#kernel;
    const place = tasks.guardPlace[task];
    const isAsThen = tasks.guardEpoch[task] === this.#epoch[place];
    tasks.guardEpoch[task] = 0;
    if (isAsThen && this.#state[place] === breakerState.halfOpen) this.#trials[place]--;
  }

  /** A session begins; a breaker of its own is closed. */
  onSessionStart(root: number): void {
    if (!this.#isPerSession) return;
    const place = root + 1;
    if (place >= this.#state.length) this.#widen(2 * place);
    this.#enter(place, breakerState.closed);
  }

  /** A session ends, and a breaker of its own with it. */
  onSessionEnd(root: number): void {
    if (!this.#isPerSession) return;
    const place = root + 1;
    if (this.#state[place] !== breakerState.open) return;
    if (this.#openUntilSec[place] > this.#kernel.clock[0]) {
      this.openTime.leave(this.#opening[place]);
    }
    this.#enter(place, breakerState.closed);
  }

  #count(place: number, isFailure: boolean): void {
    const { consecutiveFailures = Infinity, failureRate = 1 } = this.#rules;
    const { minimumCalls = defaultMinimumCalls } = this.#rules;
    this.#failures[place] = isFailure ? this.#failures[place] + 1 : 0;
    let mustOpen = this.#failures[place] >= consecutiveFailures;
    if (this.#window !== null) {
      this.#window.add(place, isFailure);
      mustOpen ||= this.#window.hasFailed(place, failureRate, minimumCalls);
    }
    if (mustOpen) this.#open(place);
  }

  #open(place: number): void {
    this.#enter(place, breakerState.open);
    this.#openUntilSec[place] = this.#kernel.clock[0] + this.#rules.openSec;
    this.#opening[place] = this.openTime.open(this.#openUntilSec[place]);
    this.openings++;
  }

  #enter(place: number, state: number): void {
    this.#state[place] = state;
    this.#epoch[place] = ++this.#lastEpoch;
    this.#failures[place] = 0;
    this.#calls[place] = 0;
    this.#trials[place] = 0;
    this.#successes[place] = 0;
    this.#window?.clear(place);
  }

  /** Work that belongs to no session shares place 0, which is also that of all. */
  #placeOf(root: number): number {
    return this.#isPerSession ? root + 1 : 0;
  }

  #widen(places: number): void {
    const widenInts = (from: Int32Array<ArrayBuffer>) => {
      const wider = new Int32Array(places);
      wider.set(from);
      return wider;
    };
    const state = new Uint8Array(places);
    state.set(this.#state);
    this.#state = state;
    this.#epoch = widenInts(this.#epoch);
    this.#failures = widenInts(this.#failures);
    this.#calls = widenInts(this.#calls);
    this.#trials = widenInts(this.#trials);
    this.#successes = widenInts(this.#successes);
    this.#opening = widenInts(this.#opening);
    const openUntilSec = new Float64Array(places);
    openUntilSec.set(this.#openUntilSec);
    this.#openUntilSec = openUntilSec;
    this.#window?.widen(places);
  }
}
