import { compileScenario } from '@/simulations/compile/compile-scenario';
import { playReplication } from '@/simulations/engine/play-replication';
import type { BlockWindow } from '@/simulations/measure/block-statistics';
import type { ClassWindow } from '@/simulations/measure/class-statistics';
import { SampleSketch, type SampleSketchState } from '@/simulations/measure/sample-sketch';
import type { ScenarioReplication } from '@/simulations/measure/scenario-replication';
import type { StationWindow } from '@/simulations/measure/station-statistics';
import { Scenario } from '@/simulations/scenario/scenario';
import type { ScenarioLiteral } from '../assert-known-result';

/** One replication, with the sums of all its windows. */
export interface Played {
  readonly replication: ScenarioReplication;
  readonly causes: readonly string[];
  block(index: number, field: keyof BlockWindow): number;
  /** Attempts of a block, or sessions of a class, that failed with a cause. */
  blockFailures(index: number, cause: string): number;
  sessionFailures(index: number, cause: string): number;
  sessions(index: number, field: keyof ClassWindow): number;
  station(index: number, field: keyof StationWindow): number;
  callSec(index: number): SampleSketch;
  responseSec(index: number): SampleSketch;
}

function merge(states: readonly SampleSketchState[]): SampleSketch {
  const all = new SampleSketch();
  for (const state of states) all.merge(state);
  return all;
}

/** Plays one replication of a scenario. */
export function playLiteral(literal: ScenarioLiteral, seed = 1, maxEvents = 1e7): Played {
  const scenario = Scenario.parse({ plimsoll: 1, name: 'test', ...literal });
  const compiled = compileScenario(scenario);
  const { horizonSec } = scenario;
  const replication = playReplication(compiled, { seed, replication: 0, horizonSec, maxEvents });
  const { blockWindows, classWindows, stationWindows } = replication;
  const sum = <Window extends object>(windows: readonly Window[], field: keyof Window) =>
    windows.reduce((total, window) => total + Number(window[field]), 0);
  const failures = (
    windows: readonly { readonly failuresByCause: Float64Array }[],
    cause: string,
  ) => {
    const at = compiled.causes.indexOf(cause);
    if (at < 0) throw new RangeError(`No cause '${cause}'.`);
    return windows.reduce((total, window) => total + window.failuresByCause[at], 0);
  };
  return {
    replication,
    causes: compiled.causes,
    block: (index, field) => sum(blockWindows[index], field),
    blockFailures: (index, cause) => failures(blockWindows[index], cause),
    sessionFailures: (index, cause) => failures(classWindows[index], cause),
    sessions: (index, field) => sum(classWindows[index], field),
    station: (index, field) => sum(stationWindows[index], field),
    callSec: (index) => merge(blockWindows[index].map((window) => window.callSec)),
    responseSec: (index) => merge(classWindows[index].map((window) => window.responseSec)),
  };
}
