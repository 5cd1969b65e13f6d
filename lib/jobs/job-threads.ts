import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerPath } from '../env';

const threadsMax = 8;

/** What a thread is sent: one job, and where its result belongs. */
export interface ToJobThread<Job> {
  readonly index: number;
  readonly job: Job;
}

/** What a thread answers. */
export interface FromJobThread<Result> {
  readonly index: number;
  readonly result: Result;
}

/** Threads of one worker script that run independent jobs; one per core, eight at most. */
export class JobThreads<Job, Result> {
  readonly #workers: readonly Worker[];
  readonly #onResult: () => void;
  #failure: ((error: Error) => void) | null = null;

  /**
   * @param script name of a bundled worker that answers {@link ToJobThread} with {@link FromJobThread}
   * @param input what each thread is started with
   * @param onResult called for each result, in any order
   */
  constructor(script: Parameters<typeof workerPath>[0], input: unknown, onResult: () => void) {
    const threads = Math.min(threadsMax, availableParallelism());
    this.#onResult = onResult;
    this.#workers = Array.from(
      { length: threads },
      () => new Worker(/* turbopackIgnore: true */ workerPath(script), { workerData: input }),
    );
    for (const worker of this.#workers) {
      worker.on('error', (error: Error) => this.#failure?.(error));
      worker.on('exit', () => this.#failure?.(new Error(`A thread of ${script} ended early.`)));
    }
  }

  /** Runs jobs; results are in the order of the jobs, wherever they ran. */
  runBatch(jobs: readonly Job[]): Promise<readonly Result[]> {
    const results: Result[] = new Array(jobs.length);
    let next = 0;
    let done = 0;
    return new Promise((resolve, reject) => {
      this.#failure = reject;
      if (jobs.length === 0) resolve(results);
      const give = (worker: Worker) => {
        const index = next++;
        const job = jobs[index];
        if (job !== undefined) worker.postMessage({ index, job } satisfies ToJobThread<Job>);
      };
      for (const worker of this.#workers) {
        worker.removeAllListeners('message');
        worker.on('message', ({ index, result }: FromJobThread<Result>) => {
          results[index] = result;
          done++;
          this.#onResult();
          if (done === jobs.length) resolve(results);
          else give(worker);
        });
        give(worker);
      }
    });
  }

  /** Ends all threads; a batch that is under way is rejected. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
