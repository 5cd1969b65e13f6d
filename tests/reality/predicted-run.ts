import { compileScenario } from '@/simulations/compile/compile-scenario';
import { playReplication } from '@/simulations/engine/play-replication';
import { SampleSketch } from '@/simulations/measure/sample-sketch';
import type { Scenario, SessionClass } from '@/simulations/scenario/scenario';
import type { Step } from '@/simulations/scenario/step';
import { type CycleDraws, cycleSteps } from './cycle-draws';
import type { Holding, LoopFigures } from './loop-record';

/** A closed loop of agents around a pool, as it is handed to the engine. */
export interface PredictedLoop {
  /** What each agent plays, fixed costs included. */
  readonly draws: CycleDraws;
  readonly slots: number;
  readonly holding: Holding;
  readonly untilSec: number;
}

/**
 * Part of a run that is left out as its transient: two of the sixteenths of the horizon that a
 * replication of the engine keeps apart.
 */
export const transientShare = 2 / 16;
const transientWindows = 2;

const pool = 'database';

/** One cycle as steps; it is a turn, so that the engine counts the cycles that end. */
function lowerCycle(draws: CycleDraws, index: number, holding: Holding): readonly Step[] {
  const [thinkSec, firstQuerySec, modelCallSec, secondQuerySec] = cycleSteps.map(
    (step) => draws[step][index],
  );
  const queries: readonly Step[] = [
    { use: pool, forSec: firstQuerySec },
    { delay: modelCallSec },
    { use: pool, forSec: secondQuerySec },
  ];
  const turn: readonly Step[] =
    holding === 'hold' ? [{ acquire: pool }, ...queries, { release: pool }] : queries;
  return [{ think: thinkSec }, { turn }];
}

/** Describes the loop as a scenario: a class of one session per agent, with its cycles in order. */
function describeLoop({ draws, slots, holding, untilSec }: PredictedLoop): Scenario {
  const classes: Record<string, SessionClass> = {};
  for (let agent = 0; agent < draws.agents; agent++) {
    const program = Array.from({ length: draws.cycles }, (_, cycle) =>
      lowerCycle(draws, agent * draws.cycles + cycle, holding),
    ).flat();
    classes[`agent ${agent}`] = { arrivals: { kind: 'burst', sessions: 1 }, program };
  }
  return {
    plimsoll: 1,
    name: 'PostgreSQL',
    horizonSec: untilSec,
    resources: { [pool]: { kind: 'pool', slots } },
    classes,
  };
}

/**
 * Predicts a closed loop with the engine, from the very durations that its agents play.
 *
 * Nothing is drawn, so one replication says all. Waits go through the sketch of the engine, whose
 * quantiles are off by less than 1/128 of themselves.
 *
 * @throws RangeError when an agent has come to the end of its cycles before the end of the run
 */
export function predictClosedLoop(loop: PredictedLoop): LoopFigures {
  const { slots, untilSec } = loop;
  const compiled = compileScenario(describeLoop(loop));
  const job = { seed: 1, replication: 0, horizonSec: untilSec, maxEvents: 1e8 };
  const played = playReplication(compiled, job);
  if (played.unfinishedSessions.some((sessions) => sessions === 0)) {
    throw new RangeError(`Got ${loop.draws.cycles} cycles per agent when expected more.`);
  }
  const waitSec = new SampleSketch();
  let heldSec = 0;
  for (const window of played.stationWindows[0].slice(transientWindows)) {
    heldSec += window.inUseIntegralSec;
    for (const waits of window.waitSecByClass) waitSec.merge(waits);
  }
  let cycles = 0;
  for (const windows of played.classWindows) {
    for (const window of windows.slice(transientWindows)) cycles += window.turnSec.count;
  }
  const lengthSec = (1 - transientShare) * untilSec;
  return {
    throughputPerSec: cycles / lengthSec,
    waitSecMean: waitSec.mean,
    waitSecP95: waitSec.quantile(0.95),
    utilization: heldSec / (slots * lengthSec),
    waits: waitSec.count,
  };
}
