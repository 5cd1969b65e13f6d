import type { WorkloadModel } from '@/lib/workload/workload-model';
import { countReplications, planRun } from './analysis/plan-run';
import { runReplication } from './engine/run-replication';
import type { PoolStudy } from './pool-study';
import { RunCancelled } from './run-cancelled';
import type { SimulationRun } from './simulation-run';

/** How a caller follows a run, and stops it. */
export interface RunOptions {
  /** Called after each replication, and with `done` equal to `total` at the end. */
  onProgress?(done: number, total: number): void;
  /** Asked before each replication. */
  isCancelled?(): boolean;
}

/**
 * Simulates a scenario: the asked load, a sweep around it, and the saturation point.
 *
 * Runs to its end in the calling thread. The result is a pure function of workload and scenario.
 *
 * @throws RunCancelled when `isCancelled` says so
 * @throws RangeError when no session of the workload takes any time
 */
export function runPoolStudy(
  workload: WorkloadModel,
  scenario: PoolStudy,
  options: RunOptions = {},
): SimulationRun {
  const total = countReplications(workload, scenario);
  const plan = planRun(workload, scenario);
  let done = 0;
  let step = plan.next([]);
  while (!step.done) {
    const results = step.value.map((job) => {
      if (options.isCancelled?.() === true) throw new RunCancelled();
      const result = runReplication(workload, scenario, job);
      options.onProgress?.(++done, total);
      return result;
    });
    step = plan.next(results);
  }
  options.onProgress?.(total, total);
  return step.value;
}
