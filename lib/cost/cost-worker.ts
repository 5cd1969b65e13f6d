import { compareReplays, type ReplayedSide } from './compare/compare-replays';
import { measureSide } from './compare/measure-side';
import type {
  Comparison,
  CostWorkerAnswers,
  CostWorkerQuestion,
  CostWorkerRequest,
  CostWorkerResponse,
  ReplaySide,
} from './cost-worker-messages';
import { replayPolicies } from './replay/replay-policies';
import type { ReplaySet } from './replay/replay-set';
import { summarizeReplay } from './replay/summarize-replay';
import type { BootstrapOptions } from './session-quantiles';
import type { UnitPrices } from './unit-prices';

/** The part of a worker's global scope that is used here, with or without the DOM's types. */
interface WorkerScope {
  onmessage: ((event: { readonly data: CostWorkerRequest }) => void) | null;
  postMessage(message: CostWorkerResponse): void;
}

const workerScope = globalThis as unknown as WorkerScope;
const sets = new Map<string, ReplaySet>();
let catalogue: readonly UnitPrices[] = [];

workerScope.onmessage = ({ data }) => {
  switch (data.kind) {
    case 'keep':
      sets.set(data.source, data.set);
      return;
    case 'drop':
      sets.delete(data.source);
      return;
    case 'catalogue':
      catalogue = data.prices;
      return;
    case 'ask':
      workerScope.postMessage(answerQuestion(data.id, data.question));
      return;
    default:
      data satisfies never;
  }
};

function answerQuestion(id: number, question: CostWorkerQuestion): CostWorkerResponse {
  const startedMs = performance.now();
  try {
    const answer = workOut(question);
    return { id, type: 'answer', answer, workMs: performance.now() - startedMs };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'Unknown error.';
    return { id, type: 'error', message };
  }
}

function workOut(question: CostWorkerQuestion): CostWorkerAnswers[CostWorkerQuestion['kind']] {
  switch (question.kind) {
    case 'replay': {
      const { set, costs } = replaySide(question.side);
      return summarizeReplay(set, costs, question);
    }
    case 'compare':
      return compareSides(question.a, question.b, question);
    default:
      return question satisfies never;
  }
}

function replaySide({ source, policies }: ReplaySide): ReplayedSide {
  const set = sets.get(source);
  if (set === undefined) throw new Error(`The worker was not sent the sessions of ${source}.`);
  return { set, costs: replayPolicies(set, policies, catalogue) };
}

function compareSides(a: ReplaySide, b: ReplaySide, options: BootstrapOptions): Comparison {
  const sideA = replaySide(a);
  const sideB = replaySide(b);
  return {
    outcome: compareReplays(sideA, sideB, options),
    isPaired: sideA.set === sideB.set,
    a: factsOf(sideA),
    b: factsOf(sideB),
  };
}

function factsOf({ set, costs }: ReplayedSide) {
  return measureSide(set, {
    promptTokens: costs.callChangedPromptTokens,
    picoUsd: costs.callChangedPicoUsd,
    callsAdded: costs.callsAdded,
  });
}
