import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ReplicationJob } from '@/simulations/engine/run-replication';
import type { ReplicationResult } from '@/simulations/measure/replication-result';
import { workerPath } from '../env';
import type {
  FromReplicationWorker,
  ReplicationWorkerInput,
  ToReplicationWorker,
} from './replication-worker-messages';

const threadsMax = 8;

/** Threads that hold one workload and scenario and run replications of it. */
export class ReplicationThreads {
  readonly #workers: readonly Worker[];
  readonly #onReplication: () => void;
  #failure: ((error: Error) => void) | null = null;

  constructor(input: ReplicationWorkerInput, onReplication: () => void) {
    const threads = Math.min(threadsMax, availableParallelism());
    this.#onReplication = onReplication;
    this.#workers = Array.from(
      { length: threads },
      () =>
        new Worker(/* turbopackIgnore: true */ workerPath('replication-worker'), {
          workerData: input,
        }),
    );
    for (const worker of this.#workers) {
      worker.on('error', (error: Error) => this.#failure?.(error));
      worker.on('exit', () => this.#failure?.(new Error('A replication thread ended early.')));
    }
  }

  /** Runs the jobs of one load; results are in the order of the jobs, wherever they ran. */
  runBatch(jobs: readonly ReplicationJob[]): Promise<readonly ReplicationResult[]> {
    const results: ReplicationResult[] = new Array(jobs.length);
    let next = 0;
    let done = 0;
    return new Promise((resolve, reject) => {
      this.#failure = reject;
      if (jobs.length === 0) resolve(results);
      const give = (worker: Worker) => {
        const index = next++;
        const job = jobs[index];
        if (job !== undefined) worker.postMessage({ index, job } satisfies ToReplicationWorker);
      };
      for (const worker of this.#workers) {
        worker.removeAllListeners('message');
        worker.on('message', ({ index, result }: FromReplicationWorker) => {
          results[index] = result;
          done++;
          this.#onReplication();
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
