import type { WorkloadModel } from '@/lib/workload/workload-model';
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
  /** Observed sessions, where a class plays them. */
  readonly workload?: WorkloadModel | null;
  /** Called after each replication. */
  onProgress?(done: number, total: number): void;
  /** Asked before each replication. */
  isCancelled?(): boolean;
}

interface Kept {
  readonly workload: WorkloadModel | null;
  readonly compiled: CompiledScenario;
}

const compiledScenarios = new WeakMap<Scenario, Kept>();

/** Lowers a scenario, once per object and workload. */
function compileOnce(scenario: Scenario, workload: WorkloadModel | null): CompiledScenario {
  const kept = compiledScenarios.get(scenario);
  if (kept !== undefined && kept.workload === workload) return kept.compiled;
  const compiled = compileScenario(scenario, workload);
  compiledScenarios.set(scenario, { workload, compiled });
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
export function playScenario(
  scenario: Scenario,
  job: ScenarioJob,
  workload: WorkloadModel | null = null,
): ScenarioReplication {
  return playReplication(compileOnce(scenario, workload), job);
}

/** Sums up replications, given in the order of their jobs. */
export function summarizeReplicationsOf(
  scenario: Scenario,
  replications: readonly ScenarioReplication[],
  workload: WorkloadModel | null = null,
): ScenarioOutcome {
  return summarizeScenario(scenario, compileOnce(scenario, workload), replications);
}

/**
 * Simulates a scenario in the calling thread. A pure function of scenario and workload.
 *
 * @throws RunCancelled when `isCancelled` says so
 * @throws RangeError when the scenario names what it does not define; see `checkScenario`
 */
export function runScenario(scenario: Scenario, options: ScenarioRunOptions = {}): ScenarioOutcome {
  const { workload = null } = options;
  const jobs = planReplications(scenario);
  const replications = jobs.map((job, i) => {
    if (options.isCancelled?.() === true) throw new RunCancelled();
    const replication = playScenario(scenario, job, workload);
    options.onProgress?.(i + 1, jobs.length);
    return replication;
  });
  return summarizeReplicationsOf(scenario, replications, workload);
}
