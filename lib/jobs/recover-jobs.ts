import { hasUploads, removeOtherUploads, sweepUploads } from '../db/data-dir';
import { getImportOrThrow, listImportStates, updateImport } from '../db/import-store';
import {
  createJob,
  endJob,
  findJob,
  type JobEnd,
  listUnfinishedJobs,
  requeueRunningJobs,
} from '../db/job-store';
import { listProjects } from '../db/project-store';
import { listSimulationStates } from '../db/simulation-store';
import { sweepRawRecords } from '../db/trace-store/raw-records';
import { sweepCalls } from '../db/trace-store/write-import';
import { clearImport } from './import-job';
import { scheduleReading } from './live/schedule-reading';
import { recoverRepricing } from './reprice-job';

/**
 * Puts right what an earlier process left: nothing runs while this does.
 *
 * What had ended stays as it ended, even where its job row had not been told. Everything else that
 * was queued or running is queued, and what no import stands behind is removed.
 */
export async function recoverJobs(): Promise<void> {
  await failUnreceivedImports();
  await endFinishedJobs();
  await requeueRunningJobs();
  await queueForgottenImports();
  await resumeLiveImports();
  await recoverRepricing();
  await sweepOrphans();
}

/**
 * Fails imports of which no file arrived.
 *
 * Those of which some did wait at the check step as before: a file has a row once it is whole, and
 * what has none was cut off.
 */
async function failUnreceivedImports(): Promise<void> {
  for (const { importId, status, isLive } of await listImportStates()) {
    if (status !== 'receiving' || isLive) continue;
    const { files } = await getImportOrThrow(null, importId);
    if (files.length > 0) {
      removeOtherUploads(importId, new Set(files.map((file) => String(file.position))));
      continue;
    }
    await updateImport(importId, {
      status: 'failed',
      finishedAt: new Date(),
      error: 'The server was stopped before a file had arrived. Import the files again.',
    });
    await clearImport(importId, { keepsCalls: false });
  }
}

/** Ends jobs whose import or simulation has ended or is gone, or whose project is. */
async function endFinishedJobs(): Promise<void> {
  const subjects = new Map<string, string>();
  for (const one of await listImportStates()) subjects.set(one.importId, one.status);
  for (const one of await listSimulationStates()) subjects.set(one.runId, one.status);
  // A re-price works on its project, and is only over when its job is.
  for (const { projectId } of await listProjects()) subjects.set(projectId, 'open');
  for (const { jobId, subjectId } of await listUnfinishedJobs()) {
    const end = endOf(subjects.get(subjectId));
    if (end !== null) await endJob(jobId, end);
  }
}

function endOf(status: string | undefined): JobEnd | null {
  if (status === undefined) return 'cancelled';
  return status === 'completed' || status === 'failed' || status === 'cancelled' ? status : null;
}

async function queueForgottenImports(): Promise<void> {
  for (const { importId, status } of await listImportStates()) {
    const isUnfinished = status === 'queued' || status === 'running' || status === 'finishing';
    if (isUnfinished && (await findJob(importId)) === null) await createJob('import', importId);
  }
}

/** A live import that still has its segments may hold more than was last read of it. */
async function resumeLiveImports(): Promise<void> {
  for (const { importId, isLive } of await listImportStates()) {
    if (isLive && hasUploads(importId)) scheduleReading(importId);
  }
}

/** Files and staged rows stay for imports that will be read, calls for those that are or were. */
async function sweepOrphans(): Promise<void> {
  const states = await listImportStates();
  const ids = (keep: (status: string) => boolean) =>
    new Set(states.filter((one) => keep(one.status)).map((one) => one.importId));
  const active = ids((status) => ['queued', 'running', 'finishing'].includes(status));
  const live = states.filter((one) => one.isLive).map((one) => one.importId);
  const received = ids((status) => status === 'receiving');
  sweepUploads(new Set([...active, ...received, ...live]));
  const withCalls = ids((status) => status === 'completed' || status === 'finishing');
  await sweepCalls(withCalls, active);
  await sweepRawRecords(new Set([...withCalls, ...active]));
}
