import type { StoredJob } from '../db/job-store';

/** What the runner gives to the work of one job. */
export interface JobContext {
  readonly job: StoredJob;
  /** Aborted when the job is cancelled or the process stops. */
  readonly signal: AbortSignal;
  /** Notes how far the job has come; written to its row at most four times a second. */
  onProgress(progress: Readonly<Record<string, unknown>>): void;
}
