import type { WorkloadModel } from '@/lib/workload/workload-model';
import { runAnalysis } from './analysis/analysis-plan';
import { type SearchRange, searchLoad } from './analysis/search-load';
import { runScenario } from './run-scenario';
import type { Scenario } from './scenario/scenario';
import type { SaturationSearch } from './scenario-analysis';
import type { ScenarioOutcome } from './scenario-outcome';
import { type TracedSession, traceSession } from './trace-session';

/** What the page asks of the worker, once. A worker is ended with `terminate()`, not with a message. */
export type ScenarioRequest = {
  readonly scenario: Scenario;
  /** Observed sessions, where a class plays them. */
  readonly workload: WorkloadModel | null;
} & (
  | { readonly kind: 'run' }
  | { readonly kind: 'limit'; readonly range: SearchRange }
  | { readonly kind: 'trace'; readonly className: string; readonly ordinal: number }
);

/** The answer to each kind of request. */
export interface ScenarioAnswers {
  readonly run: ScenarioOutcome;
  readonly limit: SaturationSearch;
  readonly trace: TracedSession;
}

/** What the worker sends back: progress, then one answer or one error. */
export type ScenarioResponse =
  | {
      readonly type: 'progress';
      readonly done: number;
      readonly total: number | null; // null: not known beforehand
    }
  | { readonly type: 'answer'; readonly answer: ScenarioAnswers[keyof ScenarioAnswers] }
  | { readonly type: 'error'; readonly message: string };

/** The part of a worker's global scope that is used here, with or without the DOM's types. */
interface WorkerScope {
  onmessage: ((event: { readonly data: ScenarioRequest }) => void) | null;
  postMessage(message: ScenarioResponse): void;
}

const workerScope = globalThis as unknown as WorkerScope;

workerScope.onmessage = ({ data }) => {
  try {
    workerScope.postMessage({ type: 'answer', answer: answerRequest(data) });
  } catch (error) {
    const message = error instanceof Error ? error.message : 'Unknown error.';
    workerScope.postMessage({ type: 'error', message });
  }
};

function answerRequest(request: ScenarioRequest): ScenarioAnswers[keyof ScenarioAnswers] {
  const { scenario, workload } = request;
  const tell = (done: number, total: number | null) =>
    workerScope.postMessage({ type: 'progress', done, total });
  switch (request.kind) {
    case 'run':
      return runScenario(scenario, { workload, onProgress: tell });
    case 'limit':
      return runAnalysis(searchLoad(scenario, request.range), {
        workload,
        onProgress: (done) => tell(done, null),
      });
    case 'trace':
      return traceSession(scenario, request, workload);
    default:
      return request satisfies never;
  }
}
