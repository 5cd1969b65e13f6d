import { PoolStudy } from '@/simulations/pool-study';
import { SimulationRun } from '@/simulations/simulation-run';
import type { JobStatus } from '../contracts/simulation';
import { AppError } from '../errors';
import { db } from './client';
import type { SimulationRun as SimulationRow } from './generated/client';

/** A simulation as stored. */
export interface StoredSimulation {
  readonly runId: string;
  readonly projectId: string;
  readonly status: JobStatus;
  readonly scenario: PoolStudy;
  readonly inputHash: string;
  readonly run: SimulationRun | null;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** Simulations of a project, the newest first. */
export async function listSimulations(projectId: string, limit = 50): Promise<StoredSimulation[]> {
  const rows = await (await db()).simulationRun.findMany({
    where: { projectId },
    orderBy: { createdAt: 'desc' },
    take: limit,
  });
  return rows.map(simulationOf);
}

/** Ids and states of all simulations of all projects. */
export async function listSimulationStates(): Promise<{ runId: string; status: JobStatus }[]> {
  const rows = await (await db()).simulationRun.findMany({ select: { id: true, status: true } });
  return rows.map((row) => ({ runId: row.id, status: row.status as JobStatus }));
}

/** The newest completed simulation of a project; null where there is none. */
export async function findLatestRun(projectId: string): Promise<StoredSimulation | null> {
  const row = await (await db()).simulationRun.findFirst({
    where: { projectId, status: 'completed' },
    orderBy: { createdAt: 'desc' },
  });
  return row === null ? null : simulationOf(row);
}

/**
 * Reads one simulation of a project.
 *
 * @param projectId null: of any project
 * @throws AppError not_found
 */
export async function getSimulationOrThrow(
  projectId: string | null,
  runId: string,
): Promise<StoredSimulation> {
  const row = await (await db()).simulationRun.findFirst({
    where: { id: runId, ...(projectId === null ? {} : { projectId }) },
  });
  if (row === null) {
    throw new AppError('not_found', 'There is no such simulation. It may have been deleted.');
  }
  return simulationOf(row);
}

/** Creates a simulation that waits for its job. */
export async function createSimulation(
  projectId: string,
  scenario: PoolStudy,
  inputHash: string,
): Promise<StoredSimulation> {
  const row = await (await db()).simulationRun.create({
    data: { projectId, status: 'queued', scenarioJson: JSON.stringify(scenario), inputHash },
  });
  return simulationOf(row);
}

/** What of a simulation changes while it runs. */
export interface SimulationChange {
  readonly status: JobStatus;
  readonly run?: SimulationRun;
  readonly error?: string;
  readonly finishedAt?: Date;
}

/** Writes what has changed. */
export async function updateSimulation(runId: string, change: SimulationChange): Promise<void> {
  const { run, ...plain } = change;
  await (await db()).simulationRun.updateMany({
    where: { id: runId },
    data: { ...plain, ...(run === undefined ? {} : { runJson: JSON.stringify(run) }) },
  });
}

function simulationOf(row: SimulationRow): StoredSimulation {
  return {
    runId: row.id,
    projectId: row.projectId,
    status: row.status as JobStatus,
    scenario: PoolStudy.parse(JSON.parse(row.scenarioJson)),
    inputHash: row.inputHash,
    run: row.runJson === null ? null : SimulationRun.parse(JSON.parse(row.runJson)),
    error: row.error,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
  };
}
