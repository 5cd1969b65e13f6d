import { randomUUID } from 'node:crypto';
import { getImportOrThrow, moveImport, updateImport } from '../db/import-store';
import {
  claimJob,
  createJob,
  endJob,
  findJob,
  type JobKind,
  nextJob,
  requestCancel,
  requeueJob,
  type StoredJob,
  saveProgress,
} from '../db/job-store';
import { updateSimulation } from '../db/simulation-store';
import { AppError } from '../errors';
import { log, originOf } from '../http/log';
import { clearImport, runImportJob } from './import-job';
import type { JobContext } from './job-context';
import { runLiveReading } from './live/run-live-reading';
import { takeReadings } from './live/schedule-reading';
import { ProgressWriter } from './progress-writer';
import { recoverJobs } from './recover-jobs';
import { runRepriceJob } from './reprice-job';
import { runSimulationJob } from './simulation-job';

/**
 * What runs one job at a time. Imports and re-pricing both put calls together aside before they
 * take the place of others, so that one waits for the other.
 */
const lanes = {
  calls: ['import', 'reprice'],
  runs: ['simulation'],
} as const satisfies Record<string, readonly JobKind[]>;
type Lane = keyof typeof lanes;

const laneOf = {
  import: 'calls',
  reprice: 'calls',
  simulation: 'runs',
} as const satisfies Record<JobKind, Lane>;

const allLanes = ['calls', 'runs'] as const satisfies readonly Lane[];
const retryAfterMs = 5_000;

const work = {
  import: runImport,
  reprice: runRepriceJob,
  simulation: runSimulationJob,
} as const satisfies Record<JobKind, (context: JobContext) => Promise<void>>;

async function runImport(context: JobContext): Promise<void> {
  const target = await getImportOrThrow(null, context.job.subjectId);
  return target.origin === 'live' ? runLiveReading(target, context) : runImportJob(context);
}

interface ActiveJob {
  readonly job: StoredJob;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/**
 * Runs jobs from their rows: one of each lane at a time, oldest first.
 *
 * A job is a row first and a thread second. What a stopped process left running is queued again
 * by the next one, and an import goes on from its last acknowledged batch.
 */
export class JobRunner {
  readonly #active = new Map<Lane, ActiveJob>();
  #isStopping = false;

  /** Puts right what an earlier process left, then goes on with its jobs. */
  async start(): Promise<void> {
    takeReadings((importId) => this.enqueueAgain('import', importId));
    await recoverJobs();
    for (const lane of allLanes) void this.#pump(lane);
  }

  /** Queues the work of an import or a simulation run. */
  async enqueue(
    kind: JobKind,
    subjectId: string,
    progress: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    await createJob(kind, subjectId, progress);
    void this.#pump(laneOf[kind]);
  }

  /** Queues the work of an import that is read more than once. */
  async enqueueAgain(kind: JobKind, subjectId: string): Promise<void> {
    await requeueJob(kind, subjectId);
    void this.#pump(laneOf[kind]);
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
      else if (this.#isStopping || !(await hasQueuedJob())) return;
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

  async #pump(lane: Lane): Promise<void> {
    try {
      while (!this.#isStopping && !this.#active.has(lane)) {
        const job = await nextJob(lanes[lane]);
        if (job === null || this.#active.has(lane) || this.#isStopping) return;
        const isWritten = await this.#runAlone(lane, job);
        if (!isWritten) throw new Error('A job could not be begun or ended.');
      }
    } catch (error) {
      log().error({ lane, ...originOf(error) }, 'the job queue waits before it goes on');
      setTimeout(() => void this.#pump(lane), retryAfterMs).unref();
    }
  }

  /** @returns whether the row of the job could be written throughout */
  async #runAlone(lane: Lane, job: StoredJob): Promise<boolean> {
    const abort = new AbortController();
    let isWritten = true;
    const ended = this.#run(job, abort.signal).catch((error: unknown) => {
      isWritten = false;
      log().error({ jobId: job.jobId, ...originOf(error) }, 'a job could not be begun or ended');
    });
    // Set before anything is awaited, so that a cancel finds the job from here on.
    this.#active.set(lane, { job, abort, ended });
    await ended;
    this.#active.delete(lane);
    return isWritten;
  }

  async #run(job: StoredJob, signal: AbortSignal): Promise<void> {
    if (!(await claimJob(job.jobId))) {
      const now = await findJob(job.subjectId);
      if (now?.status === 'queued') await this.#settle(now, cancelledBeforeStart());
      return;
    }
    const progress = new ProgressWriter(job.jobId);
    let failure: unknown = null;
    try {
      await work[job.kind]({ job, signal, onProgress: (value) => progress.note(value) });
    } catch (error) {
      failure = error;
    }
    await progress.flush();
    if (failure !== null && this.#isStopping) return;
    await this.#settle(job, failure);
  }

  /**
   * Writes how a job has ended; an import that has completed stays so, whatever failed after it.
   *
   * The import or run comes first: from it, a job row that was not reached is put right.
   */
  async #settle(job: StoredJob, failure: unknown): Promise<void> {
    if (failure === null) {
      await endJob(job.jobId, 'completed');
      return;
    }
    const isCancelled = failure instanceof AppError && failure.code === 'cancelled';
    const status = isCancelled ? ('cancelled' as const) : ('failed' as const);
    const error = isCancelled ? undefined : sentenceOf(failure, job);
    const change = { status, finishedAt: new Date(), ...(error === undefined ? {} : { error }) };
    if (job.kind === 'import') {
      if (await moveImport(job.subjectId, ['queued', 'running', 'finishing'], status)) {
        await updateImport(job.subjectId, change);
        await clearImport(job.subjectId, { keepsCalls: false });
      }
    } else if (job.kind === 'simulation') {
      await updateSimulation(job.subjectId, change);
    } else if (error !== undefined) {
      await saveProgress(job.jobId, { ...job.progress, error });
    }
    await endJob(job.jobId, status);
  }
}

async function hasQueuedJob(): Promise<boolean> {
  for (const lane of allLanes) if ((await nextJob(lanes[lane])) !== null) return true;
  return false;
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

/**
 * Cancels an import in any state and leaves nothing of it behind but its row.
 *
 * @throws AppError conflict for a live import, which goes on until it is deleted
 */
export async function cancelImport(projectId: string, importId: string): Promise<void> {
  const { status, origin } = await getImportOrThrow(projectId, importId);
  if (origin === 'live') {
    throw new AppError(
      'conflict',
      'A live import goes on until it is deleted. Delete it to end it.',
    );
  }
  if (status === 'receiving') {
    if (!(await moveImport(importId, ['receiving'], 'cancelled'))) return;
    await updateImport(importId, { finishedAt: new Date() });
    await clearImport(importId, { keepsCalls: false });
    return;
  }
  await (await jobRunner()).cancel(importId);
}
