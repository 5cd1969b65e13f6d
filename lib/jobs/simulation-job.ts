import { z } from 'zod';
import { SimulationRun } from '@/simulations/simulation-run';
import { getSimulationOrThrow, updateSimulation } from '../db/simulation-store';
import { workerPath } from '../env';
import { AppError } from '../errors';
import { lowerSessions } from '../workload/lower-sessions';
import type { JobContext } from './job-context';
import type { FromReplicationWorker, ReplicationWorkerInput } from './replication-worker-messages';
import { runWorker } from './run-worker';
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
  const input: ReplicationWorkerInput = {
    workload: lowerSessions(set, scenario.pool),
    scenario,
  };
  const result = await runWorker<FromReplicationWorker>({
    path: workerPath('replication-worker'),
    input,
    signal: context.signal,
    onMessage(message) {
      if (message.type === 'done') return message.run;
      context.onProgress({ replicationsDone: message.done, replicationsTotal: message.total });
      return undefined;
    },
  });
  const run = SimulationRun.parse(result);
  await updateSimulation(runId, { status: 'completed', run, finishedAt: new Date() });
}
