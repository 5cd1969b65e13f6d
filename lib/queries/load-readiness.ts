import type { PoolStudy } from '@/simulations/pool-study';
import type { SimulationRun } from '@/simulations/simulation-run';
import type { ReadinessResponse } from '../contracts/readiness';
import type { CostModel } from '../cost/cost-model';
import { getProjectOrThrow, type StoredProject } from '../db/project-store';
import { listSimulations, type StoredSimulation } from '../db/simulation-store';
import { readProjectBook } from '../jobs/price-sources';
import { loadSessionSet, selectImports } from '../jobs/session-source';
import { simulationInputHash } from '../jobs/simulation-input-hash';
import type { Assessment } from '../readiness/assessment';
import { evaluateReadiness } from '../readiness/evaluate-readiness';
import { canonicalJson } from '../report/canonical-json';
import type { DataQuality } from '../report/report';
import type { PoolDescription } from '../system/system-description';
import { loadCost } from './load-cost';
import { loadDataQuality } from './load-data-quality';

/** An assessment together with all it was computed from. */
export interface AssessedProject {
  readonly project: StoredProject;
  readonly dataQuality: DataQuality;
  readonly cost: CostModel | null;
  readonly run: SimulationRun | null;
  readonly runId: string | null;
  readonly isRunStale: boolean;
  readonly assessment: Assessment;
}

/** The assessment of a project as of now, from its stored evidence. */
export async function loadReadiness(projectId: string): Promise<ReadinessResponse> {
  const { assessment, runId, isRunStale } = await assessProject(projectId, new Date());
  return { assessment, simulationRunId: runId, isSimulationStale: isRunStale };
}

/** Assesses a project at a given time. */
export async function assessProject(projectId: string, now: Date): Promise<AssessedProject> {
  const project = await getProjectOrThrow(projectId);
  const { system, profile } = project;
  const selection = await selectImports(projectId);
  const set = await loadSessionSet(projectId, selection);
  const { model: cost } = await loadCost(projectId);
  const dataQuality = await loadDataQuality(projectId);
  const { book } = await readProjectBook(projectId);
  const latest = await findRunOfPool(projectId, system.pool);
  const run = latest?.run ?? null;
  const isRunStale =
    latest !== null &&
    (latest.inputHash !== simulationInputHash(selection) ||
      !isSamePool(latest.scenario.pool, system.pool));
  const assessment = evaluateReadiness(
    {
      set,
      cost,
      run,
      isRunStale,
      system,
      dataQuality,
      contextWindowTokens: (model) =>
        system.contextWindowTokens[model] ?? book.contextWindowTokens(model, null),
    },
    { profile, now },
  );
  return {
    project,
    dataQuality,
    cost,
    run,
    runId: latest?.runId ?? null,
    isRunStale,
    assessment,
  };
}

/**
 * The newest completed run that can decide: of the pool as it is described now, under the load as it
 * was observed. Without one, the newest of that pool; else the newest of any.
 */
async function findRunOfPool(
  projectId: string,
  pool: PoolDescription,
): Promise<StoredSimulation | null> {
  const completed = (await listSimulations(projectId)).filter((one) => one.run !== null);
  const ofPool = completed.filter((one) => isSamePool(one.scenario.pool, pool));
  return ofPool.find((one) => isObservedLoad(one.scenario)) ?? ofPool[0] ?? completed[0] ?? null;
}

function isObservedLoad({ load, thinkTimeFactor }: PoolStudy): boolean {
  return load.kind === 'closed' && load.restSecMean === 0 && thinkTimeFactor === 1;
}

function isSamePool(a: PoolDescription, b: PoolDescription): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
