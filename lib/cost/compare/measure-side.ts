import { contextResetShare } from '../../sessions/context-growth';
import { type CentredSums, fitWithinGroups, sumCentred } from '../../stats/regression';
import { usdFromPicoUsd } from '../../units';
import type { ReplaySet } from '../replay/replay-set';
import type { SideFacts } from './side-facts';

/** Two points always lie on a line. */
const minRunCalls = 3;

/** What every call of a set sends and costs on one side. */
export interface SideCalls {
  readonly promptTokens: Float64Array; // NaN: not sent to a provider
  readonly picoUsd: Float64Array; //      NaN: not priced
  readonly callsAdded: number;
}

/**
 * Measures the calls of one side, as measured or as policies leave them, by the same rules on both.
 *
 * New content of a call is its prompt less the prompt and output before it in the thread, at least
 * zero; the rest was sent before. Growth is the fixed-effects slope of the prompt on the call number
 * over stretches of main threads between resets, as in the cost model.
 */
export function measureSide(
  set: ReplaySet,
  { promptTokens, picoUsd, callsAdded }: SideCalls,
): SideFacts {
  const runs = new RunCollector();
  let sent = 0;
  let prompts = 0;
  let resent = 0;
  let sessions = 0;
  for (let session = 0; session < set.sessionIds.length; session++) {
    if (set.firstThread[session] < set.firstThread[session + 1]) sessions++;
    for (let t = set.firstThread[session]; t < set.firstThread[session + 1]; t++) {
      let context = Number.NaN;
      let before = Number.NaN;
      let number = 0;
      for (let call = set.firstCall[t]; call < set.firstCall[t + 1]; call++) {
        const prompt = promptTokens[call];
        if (Number.isNaN(prompt)) continue;
        sent++;
        // An aborted call has no prompt and says nothing of the context.
        if (prompt === 0) continue;
        prompts += prompt;
        if (!Number.isNaN(context)) resent += Math.min(prompt, context);
        if (set.isMainThread[t] === 1) {
          if (prompt < contextResetShare * before) runs.end();
          runs.add(++number, prompt);
        }
        before = prompt;
        context = prompt + set.output[call];
      }
      runs.endThread();
    }
  }
  const calls = sent + callsAdded;
  return {
    sessions,
    calls,
    callsPerSession: sessions === 0 ? null : calls / sessions,
    promptTokensPerCall: sent === 0 ? null : prompts / sent,
    resentShare: prompts === 0 ? null : resent / prompts,
    growthTokensPerCall: runs.slope(),
    contextResets: runs.resets,
    byModel: sumByModel(set, picoUsd),
  };
}

/** Points of calls that follow each other without a reset. */
class RunCollector {
  resets = 0;
  readonly #sums: CentredSums[] = [];
  #x: number[] = [];
  #y: number[] = [];

  add(callNumber: number, prompt: number): void {
    this.#x.push(callNumber);
    this.#y.push(prompt);
  }

  /** Context was dropped before the next call. */
  end(): void {
    this.resets++;
    this.endThread();
  }

  endThread(): void {
    if (this.#x.length >= minRunCalls) this.#sums.push(sumCentred(this.#x, this.#y));
    this.#x = [];
    this.#y = [];
  }

  slope(): number | null {
    return fitWithinGroups(this.#sums)?.slope ?? null;
  }
}

function sumByModel(set: ReplaySet, picoUsd: Float64Array): SideFacts['byModel'] {
  const sums = new Map<number, number>();
  for (let call = 0; call < picoUsd.length; call++) {
    const cost = picoUsd[call];
    if (Number.isNaN(cost)) continue;
    sums.set(set.model[call], (sums.get(set.model[call]) ?? 0) + cost);
  }
  return [...sums]
    .map(([model, cost]) => ({ name: set.names[model] ?? null, usd: usdFromPicoUsd(cost) }))
    .sort((a, b) => b.usd - a.usd);
}
