import { compareReplays, type ReplayedSide } from './compare/compare-replays';
import { measureSide } from './compare/measure-side';
import type {
  CacheRuleFacts,
  Comparison,
  CostWorkerAnswers,
  CostWorkerQuestion,
  CostWorkerRequest,
  CostWorkerResponse,
  PolicyBasis,
  ReplaySide,
} from './cost-worker-messages';
import { forecastCost } from './forecast/forecast-cost';
import { measureLeverBasis } from './levers/measure-lever-basis';
import { addObservedNames } from './levers/priced-models';
import { type CacheRules, findCacheRules } from './policies/policy-defaults';
import { decodeReplaySet, type ReplayPayload } from './replay/replay-codec';
import { replayPolicies } from './replay/replay-policies';
import type { ReplaySet } from './replay/replay-set';
import { summarizeReplay } from './replay/summarize-replay';
import type { BootstrapOptions } from './session-quantiles';

/** The part of a worker's global scope that is used here, with or without the DOM's types. */
interface WorkerScope {
  onmessage: ((event: { readonly data: CostWorkerRequest }) => void) | null;
  postMessage(message: CostWorkerResponse): void;
}

const workerScope = globalThis as unknown as WorkerScope;
const kept = new Map<string, Uint8Array | ReplayPayload>();

workerScope.onmessage = ({ data }) => {
  switch (data.kind) {
    case 'keep':
      kept.set(data.source, data.bytes);
      return;
    case 'drop':
      kept.delete(data.source);
      return;
    case 'ask':
      workerScope.postMessage(answerQuestion(data.id, data.question));
      return;
    default:
      data satisfies never;
  }
};

function answerQuestion(id: number, question: CostWorkerQuestion): CostWorkerResponse {
  try {
    return { id, type: 'answer', answer: workOut(question) };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'Unknown error.';
    return { id, type: 'error', message };
  }
}

function workOut(question: CostWorkerQuestion): CostWorkerAnswers[CostWorkerQuestion['kind']] {
  switch (question.kind) {
    case 'basis':
      return describeBasis(payloadOf(question.source));
    case 'replay': {
      const { set, costs } = replaySide(question.side);
      return summarizeReplay(set, costs, question);
    }
    case 'forecast':
      return forecastCost(question.plan, question.basis, question);
    case 'compare':
      return compareSides(question.a, question.b, question);
    default:
      return question satisfies never;
  }
}

function replaySide({ source, policies }: ReplaySide): ReplayedSide {
  const { set, catalogue } = payloadOf(source);
  return { set, costs: replayPolicies(set, policies, addObservedNames(catalogue, set, policies)) };
}

/** Read when first asked about, so that bytes that cannot be read answer that question. */
function payloadOf(source: string): ReplayPayload {
  const found = kept.get(source);
  if (found === undefined) throw new Error(`The worker was not sent the sessions of ${source}.`);
  if (!(found instanceof Uint8Array)) return found;
  const payload = decodeReplaySet(found);
  kept.set(source, payload);
  return payload;
}

function describeBasis({ set, catalogue }: ReplayPayload): PolicyBasis {
  const models = catalogue
    .filter(
      ({ serviceTier, input, output }) =>
        serviceTier === 'standard' && input !== null && output !== null,
    )
    .map(({ providerId, modelId }) => ({ providerId, modelId }));
  return { observed: measureLeverBasis(set), models, cacheRules: rulesOf(set) };
}

/** The rules of the vendor whose model has the most priced calls. */
function rulesOf({ price, prices }: ReplaySet): CacheRuleFacts | null {
  const calls = new Uint32Array(prices.length);
  for (const index of price) if (index >= 0) calls[index]++;
  const most = prices[calls.indexOf(calls.reduce((max, count) => Math.max(max, count), 0))];
  if (most === undefined) return null;
  const rules = findCacheRules(most.providerId, most.modelId);
  return rules === null ? null : withoutPattern(rules, most.modelId);
}

/** A pattern says nothing to the page. */
function withoutPattern({ modelId: _, ...rules }: CacheRules, model: string): CacheRuleFacts {
  return { ...rules, model };
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
