'use client';

import { AppError } from '@/lib/errors';
import type {
  ScenarioAnswers,
  ScenarioRequest,
  ScenarioResponse,
} from '@/simulations/scenario-worker';

/** How far a piece of work has come; `total` is null where it cannot be known beforehand. */
export interface ScenarioProgress {
  readonly done: number;
  readonly total: number | null;
}

interface AskOptions {
  /** Ends the worker. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ScenarioProgress) => void;
}

/**
 * Asks a worker of its own, which ends with its answer.
 *
 * @throws AppError where the simulation fails; the reason of the signal where it was given up
 */
export function askScenarioWorker<Kind extends ScenarioRequest['kind']>(
  request: Extract<ScenarioRequest, { readonly kind: Kind }>,
  { signal, onProgress }: AskOptions,
): Promise<ScenarioAnswers[Kind]> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const worker = new Worker(
      new URL('../../../../simulations/scenario-worker.ts', import.meta.url),
      { type: 'module' },
    );
    const end = (settle: () => void) => {
      worker.terminate();
      settle();
    };
    signal.addEventListener('abort', () => end(() => reject(signal.reason)), { once: true });
    worker.onerror = () => end(() => reject(endedEarly()));
    worker.onmessage = ({ data }: MessageEvent<ScenarioResponse>) => {
      if (data.type === 'progress') onProgress?.(data);
      // A request is answered in its own kind.
      else if (data.type === 'answer') end(() => resolve(data.answer as ScenarioAnswers[Kind]));
      else end(() => reject(new AppError('internal', data.message)));
    };
    worker.postMessage(request);
  });
}

function endedEarly(): AppError {
  return new AppError('internal', 'The simulation stopped without a result. Reload the page.');
}
