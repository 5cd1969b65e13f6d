import type { Project } from '../contracts/project';
import { listImports, type StoredImport } from '../db/import-store';
import { readPriceSources } from '../db/price-store';
import { getProjectOrThrow, type StoredProject } from '../db/project-store';
import { listReports } from '../db/report-store';
import { findLatestRun } from '../db/simulation-store';
import { countSessions } from '../db/trace-store/read-sessions';
import { hashPriceSources } from '../jobs/price-sources';
import { selectImports } from '../jobs/session-source';
import { simulationInputHash } from '../jobs/simulation-input-hash';

/**
 * One project with how far each stage has come.
 *
 * @throws AppError not_found
 */
export async function loadProject(projectId: string): Promise<Project> {
  return describeProject(await getProjectOrThrow(projectId));
}

/** A stored project with how far each stage has come. */
export async function describeProject(project: StoredProject): Promise<Project> {
  const { projectId } = project;
  const [imports, run, reports, selection] = await Promise.all([
    listImports(projectId),
    findLatestRun(projectId),
    listReports(projectId),
    selectImports(projectId),
  ]);
  const completed = imports.filter((one) => one.status === 'completed');
  const isEmpty = completed.length === 0;
  const whenRead = isEmpty ? 'empty' : 'ready';
  const isStale = run !== null && run.inputHash !== simulationInputHash(selection);
  const runState = isStale ? 'stale' : 'ready';
  const hasOldPrices = !isEmpty && (await arePricesOld(projectId, completed));
  return {
    projectId,
    name: project.name,
    isSample: project.isSample,
    createdAt: project.createdAt.toISOString(),
    profile: project.profile,
    system: project.system,
    sessions: isEmpty ? 0 : await countSessions(selection.importIds),
    modelCalls: completed.reduce((sum, one) => sum + (one.summary?.calls ?? 0), 0),
    stages: {
      import: imports[0]?.status === 'failed' ? 'attention' : whenRead,
      sessions: whenRead,
      cost: hasOldPrices ? 'stale' : whenRead,
      simulation: run === null ? 'empty' : runState,
      readiness: isStale ? 'stale' : whenRead,
      reports: reports.length === 0 ? 'empty' : 'ready',
    },
  };
}

/** Whether calls of any import are stored with other prices than the project has now. */
async function arePricesOld(projectId: string, imports: readonly StoredImport[]): Promise<boolean> {
  const hash = hashPriceSources(await readPriceSources(projectId));
  return imports.some((one) => one.pricedWith !== hash);
}
