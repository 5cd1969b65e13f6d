import type { WorkloadModel } from '@/lib/workload/workload-model';
import { countReplications, planRun } from './analysis/plan-run';
import type { ReplicationJob } from './engine/run-replication';
import type { ReplicationResult } from './measure/replication-result';
import type { PoolStudy } from './pool-study';
import { RunCancelled } from './run-cancelled';
import type { SimulationRun } from './simulation-run';

/** Who runs the replications of a driven run, and how its caller follows and stops it. */
export interface DriveOptions {
  /** Runs the jobs of one load, in any order and place, and returns results in the order of jobs. */
  runBatch(jobs: readonly ReplicationJob[]): Promise<readonly ReplicationResult[]>;
  /** Called after each load, and with `done` equal to `total` at the end. */
  onProgress?(done: number, total: number): void;
  /** Looked at before each load. */
  readonly signal?: AbortSignal;
}

/**
 * Simulates a scenario with replications that run elsewhere, such as in a pool of threads.
 *
 * Gives the same bytes as `runPoolStudy`: where a replication runs does not change it.
 *
 * @throws RunCancelled when the signal is aborted
 * @throws RangeError when no session of the workload takes any time
 */
export async function drivePoolStudy(
  workload: WorkloadModel,
  scenario: PoolStudy,
  options: DriveOptions,
): Promise<SimulationRun> {
  const total = countReplications(workload, scenario);
  const plan = planRun(workload, scenario);
  let done = 0;
  let step = plan.next([]);
  while (!step.done) {
    if (options.signal?.aborted === true) throw new RunCancelled();
    const results = await options.runBatch(step.value);
    done += results.length;
    options.onProgress?.(done, total);
    step = plan.next(results);
  }
  options.onProgress?.(total, total);
  return step.value;
}
