import { saveProgress } from '../db/job-store';
import { log, originOf } from '../http/log';

const progressEveryMs = 250;

/**
 * Writes the latest progress of a job at most four times a second.
 *
 * Progress that cannot be written is logged and left out: the work itself goes on.
 */
export class ProgressWriter {
  readonly #jobId: string;
  #latest: Readonly<Record<string, unknown>> | null = null;
  #writing: Promise<void> = Promise.resolve();
  #writtenMs = 0;

  constructor(jobId: string) {
    this.#jobId = jobId;
  }

  /** Notes how far the job has come. */
  note(progress: Readonly<Record<string, unknown>>): void {
    this.#latest = progress;
    if (performance.now() - this.#writtenMs >= progressEveryMs) void this.flush();
  }

  /** Writes what was noted last; never rejects. */
  async flush(): Promise<void> {
    const progress = this.#latest;
    if (progress !== null) {
      this.#latest = null;
      this.#writtenMs = performance.now();
      this.#writing = this.#writing.then(() => this.#write(progress));
    }
    await this.#writing;
  }

  async #write(progress: Readonly<Record<string, unknown>>): Promise<void> {
    try {
      await saveProgress(this.#jobId, progress);
    } catch (error) {
      log().error({ jobId: this.#jobId, ...originOf(error) }, 'progress could not be written');
    }
  }
}
