import { randomUUID } from 'node:crypto';
import { sweepUploads } from '../db/data-dir';
import { getImportOrThrow, listImportStates, moveImport, updateImport } from '../db/import-store';
import {
  createJob,
  deleteJob,
  findJob,
  type JobKind,
  listUnfinishedJobs,
  nextJob,
  requestCancel,
  requeueRunningJobs,
  type StoredJob,
  saveProgress,
  setJobStatus,
} from '../db/job-store';
import { updateSimulation } from '../db/simulation-store';
import { sweepCalls } from '../db/trace-store/write-import';
import { AppError } from '../errors';
import { log, originOf } from '../http/log';
import { clearImport, runImportJob } from './import-job';
import type { JobContext } from './job-context';
import { runSimulationJob } from './simulation-job';

const progressEveryMs = 250;

const work = {
  import: runImportJob,
  simulation: runSimulationJob,
} as const satisfies Record<JobKind, (context: JobContext) => Promise<void>>;

interface ActiveJob {
  readonly job: StoredJob;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/**
 * Runs jobs from their rows: one import and one simulation at a time, oldest first.
 *
 * A job is a row first and a thread second. What a stopped process left running is queued again
 * by the next one, and an import goes on from its last acknowledged batch.
 */
export class JobRunner {
  readonly #active = new Map<JobKind, ActiveJob>();
  #isStopping = false;

  /** Puts right what an earlier process left, then goes on with its jobs. */
  async start(): Promise<void> {
    await failUnreceivedImports();
    await requeueRunningJobs();
    await queueForgottenImports();
    await sweepOrphans();
    for (const kind of ['import', 'simulation'] as const) void this.#pump(kind);
  }

  /** Queues the work of an import or a simulation run. */
  async enqueue(kind: JobKind, subjectId: string): Promise<void> {
    await createJob(kind, subjectId);
    void this.#pump(kind);
  }

  /** Asks a job to stop and waits until it has. Does nothing where it has ended already. */
  async cancel(subjectId: string): Promise<void> {
    await requestCancel(subjectId);
    const active = this.#find(subjectId);
    if (active !== undefined) {
      active.abort.abort();
      await active.ended;
      return;
    }
    const job = await findJob(subjectId);
    if (job !== null && job.status === 'queued') await this.#settle(job, cancelledBeforeStart());
  }

  /** Waits until no job is running or queued. */
  async whenIdle(): Promise<void> {
    for (;;) {
      const running = [...this.#active.values()];
      if (running.length > 0) await Promise.all(running.map((active) => active.ended));
      else if ((await listUnfinishedJobs()).length === 0 || this.#isStopping) return;
      else await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Stops all threads without ending their jobs: the next process goes on with them. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const running = [...this.#active.values()];
    for (const active of running) active.abort.abort();
    await Promise.all(running.map((active) => active.ended));
  }

  #find(subjectId: string): ActiveJob | undefined {
    return [...this.#active.values()].find((active) => active.job.subjectId === subjectId);
  }

  async #pump(kind: JobKind): Promise<void> {
    try {
      while (!this.#isStopping && !this.#active.has(kind)) {
        const job = await nextJob(kind);
        if (job === null || this.#active.has(kind) || this.#isStopping) return;
        const abort = new AbortController();
        const ended = this.#run(job, abort.signal);
        this.#active.set(kind, { job, abort, ended });
        await ended;
        this.#active.delete(kind);
      }
    } catch (error) {
      log().error({ kind, ...originOf(error) }, 'the job queue stopped');
    }
  }

  async #run(job: StoredJob, signal: AbortSignal): Promise<void> {
    if (job.cancelRequested) return this.#settle(job, cancelledBeforeStart());
    await setJobStatus(job.jobId, 'running');
    const progress = new ProgressWriter(job.jobId);
    let failure: unknown = null;
    try {
      await work[job.kind]({ job, signal, onProgress: (value) => progress.note(value) });
    } catch (error) {
      failure = error;
    }
    await progress.flush();
    if (failure !== null && this.#isStopping) return;
    try {
      await this.#settle(job, failure);
    } catch (error) {
      log().error({ jobId: job.jobId, ...originOf(error) }, 'a job could not be ended');
    }
  }

  async #settle(job: StoredJob, failure: unknown): Promise<void> {
    if (failure === null) {
      await setJobStatus(job.jobId, 'completed');
      return;
    }
    const isCancelled = failure instanceof AppError && failure.code === 'cancelled';
    const status = isCancelled ? ('cancelled' as const) : ('failed' as const);
    const error = isCancelled ? undefined : sentenceOf(failure, job);
    const change = { status, finishedAt: new Date(), ...(error === undefined ? {} : { error }) };
    if (job.kind === 'import') {
      await clearImport(job.subjectId, { keepsCalls: false });
      await updateImport(job.subjectId, change);
    } else {
      await updateSimulation(job.subjectId, change);
    }
    await setJobStatus(job.jobId, status);
  }
}

/** Writes the latest progress of a job at most four times a second. */
class ProgressWriter {
  readonly #jobId: string;
  #latest: Readonly<Record<string, unknown>> | null = null;
  #writing: Promise<void> = Promise.resolve();
  #writtenMs = 0;

  constructor(jobId: string) {
    this.#jobId = jobId;
  }

  note(progress: Readonly<Record<string, unknown>>): void {
    this.#latest = progress;
    if (performance.now() - this.#writtenMs >= progressEveryMs) void this.flush();
  }

  async flush(): Promise<void> {
    const progress = this.#latest;
    if (progress !== null) {
      this.#latest = null;
      this.#writtenMs = performance.now();
      this.#writing = this.#writing.then(() => saveProgress(this.#jobId, progress));
    }
    await this.#writing;
  }
}

function cancelledBeforeStart(): AppError {
  return new AppError('cancelled', 'The work was cancelled.');
}

function sentenceOf(failure: unknown, job: StoredJob): string {
  if (failure instanceof AppError) return failure.message;
  const referenceId = randomUUID().slice(0, 8);
  log().error(
    { referenceId, jobId: job.jobId, kind: job.kind, ...originOf(failure) },
    'job failed',
  );
  return `This stopped on an unexpected error. Try again; the log has it under reference ${referenceId}.`;
}

async function failUnreceivedImports(): Promise<void> {
  for (const { importId, status } of await listImportStates()) {
    if (status !== 'receiving') continue;
    await updateImport(importId, {
      status: 'failed',
      finishedAt: new Date(),
      error: 'The server was stopped while files were still being sent. Import them again.',
    });
    await clearImport(importId, { keepsCalls: false });
  }
}

async function queueForgottenImports(): Promise<void> {
  for (const { importId, status } of await listImportStates()) {
    const isUnfinished = status === 'queued' || status === 'running' || status === 'finishing';
    if (isUnfinished && (await findJob(importId)) === null) await createJob('import', importId);
  }
}

async function sweepOrphans(): Promise<void> {
  const states = await listImportStates();
  const ids = (keep: (status: string) => boolean) =>
    new Set(states.filter((one) => keep(one.status)).map((one) => one.importId));
  const active = ids((status) => ['queued', 'running', 'finishing'].includes(status));
  sweepUploads(active);
  await sweepCalls(
    ids((status) => status === 'completed' || status === 'finishing'),
    active,
  );
}

const holder = globalThis as typeof globalThis & { plimsollJobs?: Promise<JobRunner> };

/** The job runner of this process; its first use goes on with what an earlier process left. */
export function jobRunner(): Promise<JobRunner> {
  holder.plimsollJobs ??= startRunner().catch((error: unknown) => {
    delete holder.plimsollJobs;
    throw error;
  });
  return holder.plimsollJobs;
}

/** Stops the job runner of this process, where one was started. */
export async function stopJobRunner(): Promise<void> {
  const starting = holder.plimsollJobs;
  delete holder.plimsollJobs;
  await (await starting)?.stop();
}

async function startRunner(): Promise<JobRunner> {
  const runner = new JobRunner();
  await runner.start();
  return runner;
}

/** Cancels an import in any state and leaves nothing of it behind but its row. */
export async function cancelImport(projectId: string, importId: string): Promise<void> {
  const { status } = await getImportOrThrow(projectId, importId);
  if (status === 'receiving') {
    if (!(await moveImport(importId, ['receiving'], 'cancelled'))) return;
    await updateImport(importId, { finishedAt: new Date() });
    await clearImport(importId, { keepsCalls: false });
    return;
  }
  await (await jobRunner()).cancel(importId);
}

/** Removes the job row, calls and files of an import, stopping its job first. */
export async function discardImport(projectId: string, importId: string): Promise<void> {
  await cancelImport(projectId, importId);
  await clearImport(importId, { keepsCalls: false });
  await deleteJob(importId);
}
