import { createRandomStream, type RandomStream } from '@/lib/stats/random-stream';
import type { HoldingScope } from '@/lib/system/system-description';
import { durationLaw, opCode, type WorkloadModel } from '@/lib/workload/workload-model';
import type { PoolStudy } from '../pool-study';
import { drawLoopEntry, drawPoisson } from './enter-loop';
import { EventQueue } from './event-queue';
import { acquireResult, Pool } from './pool';
import { resting, SessionPlaces, turnPhase } from './session-places';
import { prepareSessionPrograms, type SessionPrograms } from './session-programs';

const arrivalId = -1; // event id of the next open arrival; the other ids are places
const initialPlaces = 64;

/**
 * Plays session programs against one pool.
 *
 * A place has at most one event pending: the end of its current operation or rest. An event is thus
 * a time and a place, and waiting for a slot needs none. Nothing is allocated per event. Random
 * draws come from one stream per purpose, so that a change to one leaves the others as they were.
 *
 * At equal times what was scheduled first happens first, and a slot that comes free at the very
 * moment of a waiter's deadline still reaches that waiter.
 */
export class SessionEngine {
  readonly pool: Pool;
  events = 0;
  readonly #programs: SessionPrograms;
  readonly #scope: HoldingScope;
  readonly #isClosed: boolean;
  readonly #agents: number;
  readonly #restSecMean: number;
  readonly #arrivalGapSecMean: number;
  readonly #queue = new EventQueue();
  readonly #places: SessionPlaces;
  readonly #entries: RandomStream;
  readonly #arrivals: RandomStream;
  readonly #choices: RandomStream;
  readonly #durations: RandomStream;
  readonly #rests: RandomStream;
  #started = 0;
  #completed = 0;
  #failed = 0;
  #heldSecTotal = 0;

  constructor(
    workload: WorkloadModel,
    scenario: PoolStudy,
    job: { readonly agents: number; readonly replication: number },
  ) {
    const { load, pool, seed } = scenario;
    this.#programs = prepareSessionPrograms(workload, scenario.thinkTimeFactor);
    this.pool = new Pool(pool);
    this.#scope = pool.holdingScope;
    this.#isClosed = load.kind === 'closed';
    this.#agents = job.agents;
    this.#restSecMean = load.kind === 'closed' ? load.restSecMean : 0;
    this.#arrivalGapSecMean = this.#programs.sessionSecMean / job.agents;
    this.#places = new SessionPlaces(this.#isClosed ? job.agents : initialPlaces);
    const stream = (purpose: string) => createRandomStream(seed, job.replication, purpose, 0);
    this.#entries = stream('entries');
    this.#arrivals = stream('arrivals');
    this.#choices = stream('choices');
    this.#durations = stream('durations');
    this.#rests = stream('rests');
  }

  /**
   * Sets the scene at time 0 as it would be with slots for everybody: each agent of a closed loop
   * somewhere in its cycle; with open arrivals a Poisson number of sessions somewhere in theirs.
   */
  start(): void {
    let entering = this.#agents;
    if (!this.#isClosed) {
      entering = drawPoisson(this.#agents, this.#entries);
      this.#queue.push(this.#arrivals.nextExponential(this.#arrivalGapSecMean), arrivalId);
    }
    for (let i = 0; i < entering; i++) this.#enter(this.#places.take());
  }

  /**
   * Plays all events before a time.
   *
   * @returns that time, or the earlier time at which the limit on events was reached
   */
  advanceTo(untilSec: number, eventLimit: number): number {
    const queue = this.#queue;
    const pool = this.pool;
    for (;;) {
      const eventSec = queue.peekTimeSec();
      const deadlineSec = pool.nextDeadlineSec();
      const isEvent = eventSec <= deadlineSec;
      const nowSec = isEvent ? eventSec : deadlineSec;
      if (nowSec >= untilSec) return untilSec;
      if (this.events >= eventLimit) return nowSec;
      this.events++;
      if (isEvent) this.#onEvent(queue.pop(), nowSec);
      else this.#fail(pool.expire(nowSec), nowSec);
    }
  }

  /** Counts how the sessions ended, and what is still under way at the end. */
  settle(endSec: number) {
    const { pool } = this;
    const places = this.#places;
    let heldSec = this.#heldSecTotal;
    for (let i = 0; i < places.isHolding.length; i++) {
      if (places.isHolding[i] === 1) heldSec += endSec - places.acquiredSec[i];
    }
    return {
      sessions: {
        started: this.#started,
        completed: this.#completed,
        failedAcquireTimeout: this.#failed,
        unfinishedAtHorizon: places.countOccupied(),
      },
      unfinishedTurns: places.countMeasuredTurns(),
      waitBalance: {
        integralSec: pool.waitingIntegralSec,
        sojournSec: pool.waitSecTotal + pool.pendingWaitSec(endSec),
      },
      holdBalance: { integralSec: pool.slotsInUseIntegralSec, sojournSec: heldSec },
    };
  }

  #enter(place: number): void {
    const places = this.#places;
    const entry = drawLoopEntry(this.#programs, this.#restSecMean, this.#scope, this.#entries);
    if (entry.op < 0) {
      this.#rest(place, 0);
      return;
    }
    this.#started++;
    places.counter[place] = entry.op;
    places.end[place] = entry.end;
    places.residualSec[place] = entry.residualSec;
    const isThinking = this.#programs.op[entry.op] === opCode.think;
    places.phase[place] = isThinking ? turnPhase.none : turnPhase.entered;
    if (!entry.isHolding) this.#schedule(place, 0);
    else if (this.pool.seat(place, 0) === acquireResult.granted) this.#grant(place, 0);
  }

  #onEvent(id: number, nowSec: number): void {
    if (id === arrivalId) {
      const place = this.#places.take();
      this.#begin(place);
      this.#play(place, nowSec);
      const gapSec = this.#arrivals.nextExponential(this.#arrivalGapSecMean);
      this.#queue.push(nowSec + gapSec, arrivalId);
      return;
    }
    const places = this.#places;
    const counter = places.counter[id];
    if (counter === resting) {
      this.#begin(id);
    } else {
      const wasQuery = this.#programs.op[counter] === opCode.query;
      if (wasQuery && this.#scope === 'query') this.#release(id, nowSec);
      places.counter[id] = counter + 1;
    }
    this.#play(id, nowSec);
  }

  #begin(place: number): void {
    const { usable, firstOp } = this.#programs;
    const program = usable[usable.length === 1 ? 0 : this.#choices.nextInt(usable.length)];
    this.#started++;
    this.#places.counter[place] = firstOp[program];
    this.#places.end[place] = firstOp[program + 1];
  }

  /** Goes through a program until it has to wait for time to pass, or for a slot. */
  #play(place: number, nowSec: number): void {
    const places = this.#places;
    const { op, durationSec } = this.#programs;
    for (;;) {
      const counter = places.counter[place];
      if (counter === places.end[place]) {
        if (!this.#complete(place, nowSec)) return;
        continue;
      }
      const code = op[counter];
      if (code === opCode.turnStart || code === opCode.think) this.#endTurn(place, nowSec);
      if (code !== opCode.think && places.phase[place] === turnPhase.none) {
        places.phase[place] = turnPhase.measured;
        places.turnStartSec[place] = nowSec;
      }
      if (code === opCode.query) {
        if (places.isHolding[place] === 1) this.#schedule(place, nowSec);
        else this.#acquire(place, nowSec);
        return;
      }
      if (code !== opCode.turnStart && durationSec[counter] > 0) {
        this.#schedule(place, nowSec);
        return;
      }
      places.counter[place] = counter + 1;
    }
  }

  /** Ends the current operation after its duration. */
  #schedule(place: number, nowSec: number): void {
    const programs = this.#programs;
    const counter = this.#places.counter[place];
    let durationSec = this.#places.residualSec[place];
    if (durationSec >= 0) this.#places.residualSec[place] = Number.NaN;
    else if (programs.law[counter] === durationLaw.fixed)
      durationSec = programs.durationSec[counter];
    else durationSec = this.#durations.nextExponential(programs.durationSec[counter]);
    this.#queue.push(nowSec + durationSec, place);
  }

  #acquire(place: number, nowSec: number): void {
    if (this.pool.acquire(place, nowSec) === acquireResult.granted) this.#grant(place, nowSec);
  }

  #grant(place: number, nowSec: number): void {
    this.#places.isHolding[place] = 1;
    this.#places.acquiredSec[place] = nowSec;
    this.#schedule(place, nowSec);
  }

  #release(place: number, nowSec: number): void {
    this.#places.isHolding[place] = 0;
    this.#heldSecTotal += nowSec - this.#places.acquiredSec[place];
    const waiter = this.pool.release(nowSec);
    if (waiter >= 0) this.#grant(waiter, nowSec);
  }

  #endTurn(place: number, nowSec: number): void {
    const places = this.#places;
    if (places.phase[place] === turnPhase.measured) {
      this.pool.window.turnSec.add(nowSec - places.turnStartSec[place]);
    }
    places.phase[place] = turnPhase.none;
    if (this.#scope === 'turn' && places.isHolding[place] === 1) this.#release(place, nowSec);
  }

  /** Ends a session well. Returns whether its agent goes on with the next one at once. */
  #complete(place: number, nowSec: number): boolean {
    this.#completed++;
    this.#endTurn(place, nowSec);
    if (this.#places.isHolding[place] === 1) this.#release(place, nowSec);
    return this.#goOn(place, nowSec);
  }

  /** Ends a session whose wait for a slot timed out. */
  #fail(place: number, nowSec: number): void {
    this.#failed++;
    if (this.#places.phase[place] === turnPhase.measured) this.pool.window.failedTurns++;
    this.#places.phase[place] = turnPhase.none;
    this.#places.residualSec[place] = Number.NaN;
    if (this.#goOn(place, nowSec)) this.#play(place, nowSec);
  }

  #goOn(place: number, nowSec: number): boolean {
    if (!this.#isClosed) {
      this.#places.leave(place);
      return false;
    }
    if (this.#restSecMean > 0) {
      this.#rest(place, nowSec);
      return false;
    }
    this.#begin(place);
    return true;
  }

  #rest(place: number, nowSec: number): void {
    this.#places.counter[place] = resting;
    this.#queue.push(nowSec + this.#rests.nextExponential(this.#restSecMean), place);
  }
}
