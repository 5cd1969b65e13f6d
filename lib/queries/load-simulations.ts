import type { SimulationList, SimulationState } from '../contracts/simulation';
import { findJobs, type StoredJob } from '../db/job-store';
import { getProjectOrThrow } from '../db/project-store';
import {
  getSimulationOrThrow,
  listSimulations,
  type StoredSimulation,
} from '../db/simulation-store';
import { selectImports } from '../jobs/session-source';
import { simulationInputHash } from '../jobs/simulation-input-hash';
import { SimulationJobProgress } from '../jobs/simulation-job';

/** Simulations of a project, the newest first. */
export async function loadSimulations(projectId: string): Promise<SimulationList> {
  await getProjectOrThrow(projectId);
  const stored = await listSimulations(projectId);
  const jobs = await findJobs(stored.map((one) => one.runId));
  const hash = simulationInputHash(await selectImports(projectId));
  return { simulations: stored.map((one) => stateOf(one, jobs.get(one.runId), hash)) };
}

/**
 * One simulation with its progress.
 *
 * @throws AppError not_found
 */
export async function loadSimulation(projectId: string, runId: string): Promise<SimulationState> {
  const stored = await getSimulationOrThrow(projectId, runId);
  const job = (await findJobs([runId])).get(runId);
  return stateOf(stored, job, simulationInputHash(await selectImports(projectId)));
}

function stateOf(
  stored: StoredSimulation,
  job: StoredJob | undefined,
  hash: string,
): SimulationState {
  return {
    runId: stored.runId,
    projectId: stored.projectId,
    status: stored.status,
    createdAt: stored.createdAt.toISOString(),
    finishedAt: stored.finishedAt?.toISOString() ?? null,
    progress: SimulationJobProgress.parse(job?.progress ?? {}),
    isStale: stored.inputHash !== hash,
    run: stored.run,
    error: stored.error,
  };
}
