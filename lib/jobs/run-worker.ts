import { Worker } from 'node:worker_threads';
import { AppError } from '../errors';

/** How to run one worker thread. */
export interface WorkerRun<Message> {
  readonly path: string;
  readonly input: unknown;
  readonly signal: AbortSignal;
  /** Called for each message in order; the value that ends the work, or undefined to go on. */
  onMessage(message: Message, reply: (message: unknown) => void): unknown;
}

/**
 * Runs a worker thread until one of its messages ends the work.
 *
 * @returns what `onMessage` returned last
 * @throws AppError cancelled when the signal is aborted; whatever the worker or `onMessage` throws
 */
export function runWorker<Message>(run: WorkerRun<Message>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (run.signal.aborted) {
      reject(cancelled());
      return;
    }
    const worker = new Worker(/* turbopackIgnore: true */ run.path, { workerData: run.input });
    let hasEnded = false;
    const end = (settle: () => void) => {
      if (hasEnded) return;
      hasEnded = true;
      run.signal.removeEventListener('abort', onAbort);
      worker.removeAllListeners();
      // Late errors of a thread that is being stopped concern nobody.
      worker.on('error', () => {});
      void worker.terminate().then(settle, settle);
    };
    const onAbort = () => end(() => reject(cancelled()));
    run.signal.addEventListener('abort', onAbort, { once: true });
    worker.on('error', (error) => end(() => reject(error)));
    let handled: Promise<unknown> = Promise.resolve();
    worker.on('message', (message: Message) => {
      const handling = Promise.resolve(
        run.onMessage(message, (reply) => worker.postMessage(reply)),
      ).then(
        (result) => {
          if (result !== undefined) end(() => resolve(result));
        },
        (error: unknown) => end(() => reject(error)),
      );
      handled = Promise.all([handled, handling]);
    });
    // A thread may have ended while its last messages are still being worked on.
    worker.on('exit', () => {
      void handled.then(() =>
        end(() => reject(new Error('A worker ended before its work was done.'))),
      );
    });
  });
}

function cancelled(): AppError {
  return new AppError('cancelled', 'The work was cancelled.');
}
