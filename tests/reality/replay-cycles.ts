import { type CycleDraws, type CycleStep, cycleSteps } from './cycle-draws';
import { type Holding, LoopRecord } from './loop-record';

/** The steps before which an agent asks for a connection, and after which it gives it back. */
function connectionSteps(holding: Holding): { asks: boolean[]; gives: boolean[] } {
  const of = (...steps: readonly CycleStep[]) => cycleSteps.map((step) => steps.includes(step));
  return holding === 'hold'
    ? { asks: of('firstQuerySec'), gives: of('secondQuerySec') }
    : {
        asks: of('firstQuerySec', 'secondQuerySec'),
        gives: of('firstQuerySec', 'secondQuerySec'),
      };
}

/** A pool of identical connections with one first-in first-out queue, and agents that loop. */
export interface ReplayedLoop {
  readonly draws: CycleDraws;
  readonly slots: number;
  readonly holding: Holding;
  readonly untilSec: number;
}

/** Agent whose step ends first, the one with the lowest number of several. */
function findNext(endSec: Float64Array): number {
  let next = 0;
  for (let agent = 1; agent < endSec.length; agent++) {
    if (endSec[agent] < endSec[next]) next = agent;
  }
  return next;
}

/**
 * Plays given cycles against a pool that hands its connections out first in, first out.
 *
 * Nothing is drawn: each agent plays its own cycles in order, so the schedule follows from the
 * durations alone and can be worked out by hand. Shares no code with the engine, so that the two can
 * be held against each other. Agents begin with their think time, and act in the order of their
 * numbers where two do something at the same time.
 */
export function replayCycles(loop: ReplayedLoop): LoopRecord {
  const { draws, slots, untilSec } = loop;
  const { asks, gives } = connectionSteps(loop.holding);
  const durations = cycleSteps.map((step) => draws[step]);
  const record = new LoopRecord();
  const endSec = new Float64Array(draws.agents); // of the current step; Infinity: waits for a slot
  const step = new Int32Array(draws.agents);
  const cycle = new Int32Array(draws.agents);
  const entry = new Int32Array(draws.agents);
  const requestedSec = new Float64Array(draws.agents);
  const waiting: number[] = [];
  let free = slots;

  const schedule = (agent: number, nowSec: number) => {
    const drawn = agent * draws.cycles + (cycle[agent] % draws.cycles);
    endSec[agent] = nowSec + durations[step[agent]][drawn];
  };
  const grant = (agent: number, nowSec: number) => {
    entry[agent] = record.grant(requestedSec[agent], nowSec);
    schedule(agent, nowSec);
  };
  const giveBack = (agent: number, nowSec: number) => {
    record.release(entry[agent], nowSec);
    const next = waiting.shift();
    if (next === undefined) free++;
    else grant(next, nowSec);
  };
  const begin = (agent: number, nowSec: number) => {
    if (!asks[step[agent]]) {
      schedule(agent, nowSec);
      return;
    }
    requestedSec[agent] = nowSec;
    endSec[agent] = Number.POSITIVE_INFINITY;
    if (free === 0) {
      waiting.push(agent);
      return;
    }
    free--;
    grant(agent, nowSec);
  };

  for (let agent = 0; agent < draws.agents; agent++) begin(agent, 0);
  for (;;) {
    const agent = findNext(endSec);
    const nowSec = endSec[agent];
    if (nowSec >= untilSec) return record;
    if (gives[step[agent]]) giveBack(agent, nowSec);
    step[agent]++;
    if (step[agent] === cycleSteps.length) {
      record.cycleEndSec.push(nowSec);
      step[agent] = 0;
      cycle[agent]++;
    }
    begin(agent, nowSec);
  }
}
