import type { WorkloadModel } from '@/lib/workload/workload-model';
import type { PoolStudy } from './pool-study';
import { type QuickLook, quickLook } from './quick-look';
import { runPoolStudy } from './run-pool-study';
import type { SimulationRun } from './simulation-run';

/** What the page sends to the worker. A worker is ended with `terminate()`, not with a message. */
export interface SimulationRequest {
  /** Left out: a whole run. */
  readonly kind?: 'quickLook' | 'run';
  readonly workload: WorkloadModel;
  readonly scenario: PoolStudy;
}

/** What the worker sends back: progress, then one result or one error. */
export type SimulationResponse =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'result'; readonly kind: 'quickLook'; readonly look: QuickLook }
  | { readonly type: 'result'; readonly kind: 'run'; readonly run: SimulationRun }
  | { readonly type: 'error'; readonly message: string };

/** The part of a worker's global scope that is used here, with or without the DOM's types. */
interface WorkerScope {
  onmessage: ((event: { readonly data: SimulationRequest }) => void) | null;
  postMessage(message: SimulationResponse): void;
}

const workerScope = globalThis as unknown as WorkerScope;

workerScope.onmessage = ({ data: { kind = 'run', workload, scenario } }) => {
  const send = (response: SimulationResponse) => workerScope.postMessage(response);
  try {
    if (kind === 'quickLook') {
      send({ type: 'result', kind, look: quickLook(workload, scenario) });
      return;
    }
    const run = runPoolStudy(workload, scenario, {
      onProgress: (done, total) => send({ type: 'progress', done, total }),
    });
    send({ type: 'result', kind, run });
  } catch (error) {
    send({ type: 'error', message: error instanceof Error ? error.message : 'Unknown error.' });
  }
};
