import type { WorkloadModel } from '@/lib/workload/workload-model';
import { RunCancelled } from '../run-cancelled';
import { runScenario } from '../run-scenario';
import type { Scenario } from '../scenario/scenario';
import type { ScenarioOutcome } from '../scenario-outcome';

/**
 * An analysis as a dialogue: it asks for scenarios to be run, is given their outcomes in the same
 * order, and ends with its result. Whoever drives it decides where the replications run.
 */
export type AnalysisPlan<Result> = Generator<
  readonly Scenario[],
  Result,
  readonly ScenarioOutcome[]
>;

/** How a caller follows an analysis, and stops it. */
export interface AnalysisOptions {
  /** Observed sessions, where a class plays them. */
  readonly workload?: WorkloadModel | null;
  /** Called after each scenario; how many there will be is not known beforehand. */
  onProgress?(scenariosDone: number): void;
  /** Asked before each scenario. */
  isCancelled?(): boolean;
}

/**
 * Drives an analysis in the calling thread.
 *
 * @throws RunCancelled when `isCancelled` says so
 */
export function runAnalysis<Result>(
  plan: AnalysisPlan<Result>,
  options: AnalysisOptions = {},
): Result {
  let done = 0;
  let step = plan.next([]);
  while (!step.done) {
    const outcomes = step.value.map((scenario) => {
      if (options.isCancelled?.() === true) throw new RunCancelled();
      const outcome = runScenario(scenario, { workload: options.workload ?? null });
      options.onProgress?.(++done);
      return outcome;
    });
    step = plan.next(outcomes);
  }
  return step.value;
}

/**
 * Drives an analysis whose scenarios run elsewhere, such as in a pool of threads. Same result.
 *
 * @param runAll runs scenarios in any order and place; answers in the order in which they were given
 * @throws RunCancelled when the signal is aborted
 */
export async function driveAnalysis<Result>(
  plan: AnalysisPlan<Result>,
  runAll: (scenarios: readonly Scenario[]) => Promise<readonly ScenarioOutcome[]>,
  options: { onProgress?(scenariosDone: number): void; readonly signal?: AbortSignal } = {},
): Promise<Result> {
  let done = 0;
  let step = plan.next([]);
  while (!step.done) {
    if (options.signal?.aborted === true) throw new RunCancelled();
    const outcomes = await runAll(step.value);
    done += outcomes.length;
    options.onProgress?.(done);
    step = plan.next(outcomes);
  }
  return step.value;
}
