import { createRandomStream } from '@/lib/stats/random-stream';

/** Mean durations of one cycle of an agent; each is exponential. */
export interface CycleMeans {
  readonly thinkSec: number; //     before a connection is asked for
  readonly serviceSec: number; //   of each of the two queries of a cycle
  readonly modelCallSec: number; // between the two queries
}

/**
 * Durations that agents will play, in seconds, drawn before anything runs: the measured run and the
 * predictions get the same ones.
 *
 * Arrays are by agent, then by cycle: `thinkSec[agent * cycles + cycle]`. An agent that comes to the
 * end of its cycles begins with its first one anew.
 */
export interface CycleDraws {
  readonly agents: number;
  readonly cycles: number; // per agent
  readonly thinkSec: Float64Array;
  readonly firstQuerySec: Float64Array;
  readonly modelCallSec: Float64Array;
  readonly secondQuerySec: Float64Array;
}

/** What a cycle consists of, in the order in which it is played. */
export const cycleSteps = ['thinkSec', 'firstQuerySec', 'modelCallSec', 'secondQuerySec'] as const;

/** One step of a cycle. */
export type CycleStep = (typeof cycleSteps)[number];

/**
 * Draws the cycles of a closed loop, one stream per agent and step.
 *
 * Durations are whole milliseconds and at least one, because a PostgreSQL server sleeps in whole
 * milliseconds and rounds up: finer draws would measure that rounding (0.5 ms on average).
 *
 * @param key seed of the run, and the 0-based number of the load point
 */
export function drawCycles(
  means: CycleMeans,
  size: { readonly agents: number; readonly cycles: number },
  key: { readonly seed: number; readonly point: number },
): CycleDraws {
  const drawStep = (step: CycleStep, meanSec: number): Float64Array => {
    const drawn = new Float64Array(size.agents * size.cycles);
    for (let agent = 0; agent < size.agents; agent++) {
      const stream = createRandomStream(key.seed, key.point, step, agent);
      for (let cycle = 0; cycle < size.cycles; cycle++) {
        const wholeMs = Math.max(1, Math.round(stream.nextExponential(meanSec) * 1_000));
        drawn[agent * size.cycles + cycle] = wholeMs / 1_000;
      }
    }
    return drawn;
  };
  return {
    ...size,
    thinkSec: drawStep('thinkSec', means.thinkSec),
    firstQuerySec: drawStep('firstQuerySec', means.serviceSec),
    modelCallSec: drawStep('modelCallSec', means.modelCallSec),
    secondQuerySec: drawStep('secondQuerySec', means.serviceSec),
  };
}

/** Copies draws, so that the durations that were really played can be written over them. */
export function copyDraws(draws: CycleDraws): CycleDraws {
  return {
    agents: draws.agents,
    cycles: draws.cycles,
    thinkSec: draws.thinkSec.slice(),
    firstQuerySec: draws.firstQuerySec.slice(),
    modelCallSec: draws.modelCallSec.slice(),
    secondQuerySec: draws.secondQuerySec.slice(),
  };
}

/** What a query and a delay take beyond what was asked for, in seconds. */
export interface FixedCost {
  readonly querySec: number; // round trip and waking up
  readonly delaySec: number; // lateness of the timer
}

/** Adds to each duration what it takes beyond its draw on the machine at hand; none is below 0. */
export function addFixedCost(draws: CycleDraws, fixedCost: FixedCost): CycleDraws {
  const plus = (values: Float64Array, costSec: number) =>
    values.map((value) => Math.max(0, value + costSec));
  return {
    agents: draws.agents,
    cycles: draws.cycles,
    thinkSec: plus(draws.thinkSec, fixedCost.delaySec),
    firstQuerySec: plus(draws.firstQuerySec, fixedCost.querySec),
    modelCallSec: plus(draws.modelCallSec, fixedCost.delaySec),
    secondQuerySec: plus(draws.secondQuerySec, fixedCost.querySec),
  };
}

/**
 * What is to be added to draws that were played by a timetable.
 *
 * The timetable grants each query the cost that was expected of it. Where queries really cost more,
 * connections were held for longer by that, and the delay after each query was shorter by it.
 *
 * @param expected what the timetable was made with
 * @param querySec mean cost of a query while it was played
 */
export function costByTimetable(expected: FixedCost, querySec: number): FixedCost {
  return { querySec, delaySec: expected.delaySec + expected.querySec - querySec };
}
