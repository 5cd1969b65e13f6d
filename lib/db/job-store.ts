import type { JobStatus } from '../contracts/simulation';
import { db } from './client';
import type { Job as JobRow } from './generated/client';

/** What a job works on. */
export type JobKind = 'import' | 'simulation' | 'reprice';

/** A job as stored; its progress is whatever its kind writes. */
export interface StoredJob {
  readonly jobId: string;
  readonly kind: JobKind;
  readonly status: JobStatus;
  readonly subjectId: string;
  readonly progress: Readonly<Record<string, unknown>>;
  readonly cancelRequested: boolean;
}

/** Queues a job for an import or a simulation run, with the progress that it begins with. */
export async function createJob(
  kind: JobKind,
  subjectId: string,
  progress: Readonly<Record<string, unknown>> = {},
): Promise<StoredJob> {
  const row = await (await db()).job.create({
    data: { kind, subjectId, status: 'queued', progressJson: JSON.stringify(progress) },
  });
  return jobOf(row);
}

/** Queues the job of a subject once more, unless it waits or runs already. */
export async function requeueJob(kind: JobKind, subjectId: string): Promise<void> {
  const fresh = { status: 'queued', progressJson: '{}', cancelRequested: false };
  const client = await db();
  const { count } = await client.job.updateMany({
    where: { subjectId, status: { notIn: ['queued', 'running'] } },
    data: { ...fresh, createdAt: new Date(), startedAt: null, finishedAt: null },
  });
  if (count > 0) return;
  await client.job.upsert({
    where: { subjectId },
    create: { kind, subjectId, ...fresh },
    update: {},
  });
}

/** The job of an import or a simulation run; null where there is none. */
export async function findJob(subjectId: string): Promise<StoredJob | null> {
  const row = await (await db()).job.findUnique({ where: { subjectId } });
  return row === null ? null : jobOf(row);
}

/** The jobs of many subjects, by subject. */
export async function findJobs(
  subjectIds: readonly string[],
): Promise<ReadonlyMap<string, StoredJob>> {
  const rows = await (await db()).job.findMany({ where: { subjectId: { in: [...subjectIds] } } });
  return new Map(rows.map((row) => [row.subjectId, jobOf(row)]));
}

/** The longest waiting job of some kinds. */
export async function nextJob(kinds: readonly JobKind[]): Promise<StoredJob | null> {
  const row = await (await db()).job.findFirst({
    where: { kind: { in: [...kinds] }, status: 'queued' },
    orderBy: { createdAt: 'asc' },
  });
  return row === null ? null : jobOf(row);
}

/** Jobs that are queued or running. */
export async function listUnfinishedJobs(): Promise<StoredJob[]> {
  const rows = await (await db()).job.findMany({
    where: { status: { in: ['queued', 'running'] } },
  });
  return rows.map(jobOf);
}

/** Marks jobs that a stopped process left running as queued; what they have done is kept. */
export async function requeueRunningJobs(): Promise<number> {
  const { count } = await (await db()).job.updateMany({
    where: { status: 'running' },
    data: { status: 'queued' },
  });
  return count;
}

/**
 * Marks a queued job as running, unless it was taken or asked to stop before.
 *
 * @returns whether the job is the caller's to run
 */
export async function claimJob(jobId: string): Promise<boolean> {
  const { count } = await (await db()).job.updateMany({
    where: { id: jobId, status: 'queued', cancelRequested: false },
    data: { status: 'running', startedAt: new Date() },
  });
  return count === 1;
}

/** How a job can end. */
export type JobEnd = Exclude<JobStatus, 'queued' | 'running'>;

/** Writes how a job has ended. */
export async function endJob(jobId: string, status: JobEnd): Promise<void> {
  await (await db()).job.updateMany({
    where: { id: jobId },
    data: { status, finishedAt: new Date() },
  });
}

/** Writes how far a job has come. */
export async function saveProgress(
  jobId: string,
  progress: Readonly<Record<string, unknown>>,
): Promise<void> {
  await (await db()).job.updateMany({
    where: { id: jobId },
    data: { progressJson: JSON.stringify(progress) },
  });
}

/** Asks the job of a subject to stop. */
export async function requestCancel(subjectId: string): Promise<void> {
  await (await db()).job.updateMany({
    where: { subjectId, status: { in: ['queued', 'running'] } },
    data: { cancelRequested: true },
  });
}

/** Deletes the job of a subject. */
export async function deleteJob(subjectId: string): Promise<void> {
  await (await db()).job.deleteMany({ where: { subjectId } });
}

function jobOf(row: JobRow): StoredJob {
  return {
    jobId: row.id,
    kind: row.kind as JobKind,
    status: row.status as JobStatus,
    subjectId: row.subjectId,
    progress: JSON.parse(row.progressJson) as Record<string, unknown>,
    cancelRequested: row.cancelRequested,
  };
}
