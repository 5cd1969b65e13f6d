import { compileScenario } from './compile/compile-scenario';
import type { CompiledScenario } from './engine/compiled-scenario';
import { playReplication, type ScenarioJob } from './engine/play-replication';
import type { ScenarioReplication } from './measure/scenario-replication';
import { summarizeScenario } from './measure/summarize-scenario';
import { RunCancelled } from './run-cancelled';
import { type Scenario, scenarioDefaults } from './scenario/scenario';
import type { ScenarioOutcome } from './scenario-outcome';

/** How a caller follows a run, and stops it. */
export interface ScenarioRunOptions {
  /** Called after each replication. */
  onProgress?(done: number, total: number): void;
  /** Asked before each replication. */
  isCancelled?(): boolean;
}

const compiledScenarios = new WeakMap<Scenario, CompiledScenario>();

/** Lowers a scenario, once per object. */
function compileOnce(scenario: Scenario): CompiledScenario {
  let compiled = compiledScenarios.get(scenario);
  if (compiled === undefined) {
    compiled = compileScenario(scenario);
    compiledScenarios.set(scenario, compiled);
  }
  return compiled;
}

/** The replications of a scenario, which may run anywhere and in any order. */
export function planReplications(scenario: Scenario): readonly ScenarioJob[] {
  const {
    replications = scenarioDefaults.replications,
    seed = scenarioDefaults.seed,
    maxEvents = scenarioDefaults.maxEvents,
    horizonSec,
  } = scenario;
  return Array.from({ length: replications }, (_, replication) => ({
    seed,
    replication,
    horizonSec,
    maxEvents,
  }));
}

/** Plays one replication of a scenario. */
export function playScenario(scenario: Scenario, job: ScenarioJob): ScenarioReplication {
  return playReplication(compileOnce(scenario), job);
}

/** Sums up replications, given in the order of their jobs. */
export function summarizeReplicationsOf(
  scenario: Scenario,
  replications: readonly ScenarioReplication[],
): ScenarioOutcome {
  return summarizeScenario(scenario, compileOnce(scenario), replications);
}

/**
 * Simulates a scenario in the calling thread. A pure function of the scenario.
 *
 * @throws RunCancelled when `isCancelled` says so
 * @throws RangeError when the scenario names what it does not define; see `checkScenario`
 */
export function runScenario(scenario: Scenario, options: ScenarioRunOptions = {}): ScenarioOutcome {
  const jobs = planReplications(scenario);
  const replications = jobs.map((job, i) => {
    if (options.isCancelled?.() === true) throw new RunCancelled();
    const replication = playScenario(scenario, job);
    options.onProgress?.(i + 1, jobs.length);
    return replication;
  });
  return summarizeReplicationsOf(scenario, replications);
}
