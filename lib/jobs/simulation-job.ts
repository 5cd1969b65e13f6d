import { z } from 'zod';
import { countReplications } from '@/simulations/analysis/plan-run';
import { drivePoolStudy } from '@/simulations/drive-pool-study';
import type { ReplicationJob } from '@/simulations/engine/run-replication';
import type { ReplicationResult } from '@/simulations/measure/replication-result';
import type { PoolStudy } from '@/simulations/pool-study';
import { SimulationRun } from '@/simulations/simulation-run';
import { getSimulationOrThrow, updateSimulation } from '../db/simulation-store';
import { AppError } from '../errors';
import { lowerSessions } from '../workload/lower-sessions';
import type { WorkloadModel } from '../workload/workload-model';
import type { JobContext } from './job-context';
import { JobThreads } from './job-threads';
import type { ReplicationWorkerInput } from './replication-worker-messages';
import { loadSessionSet, selectImports } from './session-source';

/** Progress of a simulation job as its row holds it. */
export const SimulationJobProgress = z.object({
  replicationsDone: z.int().default(0),
  replicationsTotal: z.int().default(0),
});
export type SimulationJobProgress = z.infer<typeof SimulationJobProgress>;

/** Runs one stored scenario on the workload of its project and stores the result. */
export async function runSimulationJob(context: JobContext): Promise<void> {
  const { runId, projectId, scenario } = await getSimulationOrThrow(null, context.job.subjectId);
  await updateSimulation(runId, { status: 'running' });
  const set = await loadSessionSet(projectId, await selectImports(projectId));
  if (set === null) {
    throw new AppError('conflict', 'There are no sessions to simulate. Import a trace file first.');
  }
  const run = await runInThreads(lowerSessions(set, scenario.pool), scenario, context);
  await updateSimulation(runId, {
    status: 'completed',
    run: SimulationRun.parse(run),
    finishedAt: new Date(),
  });
}

async function runInThreads(
  workload: WorkloadModel,
  scenario: PoolStudy,
  { signal, onProgress }: JobContext,
): Promise<SimulationRun> {
  const replicationsTotal = countReplications(workload, scenario);
  let replicationsDone = 0;
  const input: ReplicationWorkerInput = { workload, scenario };
  const threads = new JobThreads<ReplicationJob, ReplicationResult>(
    'replication-worker',
    input,
    () => {
      replicationsDone = Math.min(replicationsTotal, replicationsDone + 1);
      onProgress({ replicationsDone, replicationsTotal });
    },
  );
  const onAbort = () => void threads.close();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await drivePoolStudy(workload, scenario, {
      runBatch: (jobs) => threads.runBatch(jobs),
      signal,
    });
  } catch (error) {
    throw signal.aborted ? new AppError('cancelled', 'The run was cancelled.') : error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    await threads.close();
  }
}
