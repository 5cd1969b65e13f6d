import { deleteImportRow, getImportOrThrow, listImports } from '../db/import-store';
import { deleteJob } from '../db/job-store';
import { deleteProject, getProjectOrThrow } from '../db/project-store';
import { listSimulations } from '../db/simulation-store';
import { clearImport } from './import-job';
import { cancelImport, jobRunner } from './job-runner';
import { endLiveImport } from './live/end-live-import';
import { forgetTokens } from './project-tokens';

/**
 * Deletes an import with its calls, files and job, stopping it first.
 *
 * Its row goes first: what a crash then leaves has no import behind it and is swept at the start.
 */
export async function removeImport(projectId: string, importId: string): Promise<void> {
  const { origin } = await getImportOrThrow(projectId, importId);
  if (origin === 'live') await endLiveImport(projectId, importId);
  else await cancelImport(projectId, importId);
  await deleteImportRow(importId);
  await clearImport(importId, { keepsCalls: false });
  await deleteJob(importId);
}

/** Deletes a project with everything that belongs to it, stopping its jobs first. */
export async function discardProject(projectId: string): Promise<void> {
  await getProjectOrThrow(projectId);
  const runner = await jobRunner();
  await runner.cancel(projectId);
  await deleteJob(projectId);
  for (const { runId } of await listSimulations(projectId, 10_000)) {
    await runner.cancel(runId);
    await deleteJob(runId);
  }
  for (const { importId } of await listImports(projectId)) await removeImport(projectId, importId);
  await deleteProject(projectId);
  forgetTokens();
}
