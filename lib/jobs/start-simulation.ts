import type { PoolStudy } from '@/simulations/pool-study';
import { getProjectOrThrow } from '../db/project-store';
import { createSimulation, getSimulationOrThrow } from '../db/simulation-store';
import { AppError } from '../errors';
import { jobRunner } from './job-runner';
import { selectImports } from './session-source';
import { simulationInputHash } from './simulation-input-hash';

/**
 * Stores a scenario and queues its run; a target it leaves out is the project's.
 *
 * @returns id of the run
 * @throws AppError conflict where nothing is imported yet
 */
export async function startSimulation(projectId: string, scenario: PoolStudy): Promise<string> {
  const { system } = await getProjectOrThrow(projectId);
  const selection = await selectImports(projectId);
  if (selection.importIds.length === 0) {
    throw new AppError('conflict', 'There are no sessions to simulate. Import a trace file first.');
  }
  const runner = await jobRunner();
  const { runId } = await createSimulation(
    projectId,
    { ...scenario, waitTargetP95Sec: scenario.waitTargetP95Sec ?? system.waitTargetP95Sec },
    simulationInputHash(selection),
  );
  await runner.enqueue('simulation', runId);
  return runId;
}

/** Stops a run that is queued or running. */
export async function cancelSimulation(projectId: string, runId: string): Promise<void> {
  await getSimulationOrThrow(projectId, runId);
  await (await jobRunner()).cancel(runId);
}
