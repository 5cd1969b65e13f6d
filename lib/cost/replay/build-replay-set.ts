import { type ContextMeasures, measureContext } from '../../sessions/context-growth';
import { callKindCode, type SessionSet } from '../../sessions/session';
import type { PriceBook } from '../price-book';
import { rowTokens } from '../price-session';
import { findRowPrices } from '../row-prices';
import type { PriceSource, UnitPrices } from '../unit-prices';
import { type ReplaySet, responseCachePriceId } from './replay-set';

/** Where each thread's calls go, in the order of sessions, threads and calls. */
interface Places {
  readonly rows: Uint32Array; //        rows of the set by place
  readonly firstThread: Uint32Array;
  readonly firstCall: Uint32Array;
}

function isReplayed(set: SessionSet, row: number): boolean {
  return set.calls.kind[row] === callKindCode.model && !Number.isNaN(rowTokens(set, row));
}

/** Threads number themselves in the order of sessions, so counting sort keeps them together. */
function placeRows(set: SessionSet): Places {
  const { calls } = set;
  let threadCount = 0;
  for (const thread of calls.thread) threadCount = Math.max(threadCount, thread + 1);
  const callsOfThread = new Uint32Array(threadCount);
  const sessionOfThread = new Uint32Array(threadCount);
  for (let row = 0; row < calls.length; row++) {
    if (!isReplayed(set, row)) continue;
    callsOfThread[calls.thread[row]]++;
    sessionOfThread[calls.thread[row]] = calls.session[row];
  }
  const threads = Uint32Array.from(callsOfThread.keys()).filter((t) => callsOfThread[t] > 0);
  const firstCall = new Uint32Array(threads.length + 1);
  const firstThread = new Uint32Array(set.sessionIds.length + 1);
  const next = new Uint32Array(threadCount);
  threads.forEach((thread, i) => {
    next[thread] = firstCall[i];
    firstCall[i + 1] = firstCall[i] + callsOfThread[thread];
    firstThread[sessionOfThread[thread] + 1]++;
  });
  for (let s = 0; s < set.sessionIds.length; s++) firstThread[s + 1] += firstThread[s];
  const rows = new Uint32Array(firstCall[threads.length]);
  for (let row = 0; row < calls.length; row++) {
    if (isReplayed(set, row)) rows[next[calls.thread[row]]++] = row;
  }
  return { rows, firstThread, firstCall };
}

const noProvider: PriceSource = {
  layer: 'supplement',
  book: 'response cache',
  date: '2026-11-21',
  rule: 'answered without the provider',
  url: null,
};

const free = { basePicoUsd: 0, tiers: [], source: noProvider };

const responseCachePrices: UnitPrices = {
  skuPriceId: responseCachePriceId,
  providerId: responseCachePriceId,
  modelId: responseCachePriceId,
  serviceTier: 'standard',
  validFrom: null,
  contextWindowTokens: null,
  input: free,
  cacheRead: free,
  cacheWrite5m: free,
  cacheWrite1h: free,
  output: free,
  reasoning: free,
};

/** Numbers unit prices by what they hold: the book may hand out equal ones for each day. */
class PriceDictionary {
  readonly prices: UnitPrices[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #known = new Map<UnitPrices, number>();

  indexOf(prices: UnitPrices | null): number {
    if (prices === null) return -1;
    const known = this.#known.get(prices);
    if (known !== undefined) return known;
    const key = JSON.stringify(prices);
    const index = this.#indexes.get(key) ?? this.prices.push(prices) - 1;
    this.#indexes.set(key, index);
    this.#known.set(prices, index);
    return index;
  }
}

/** Tool calls of a thread before each of its model calls, and which tool where it is only one. */
function findToolResults(set: SessionSet): { tool: Int32Array; toolResults: Int32Array } {
  const { calls } = set;
  const tool = new Int32Array(calls.length).fill(-1);
  const toolResults = new Int32Array(calls.length);
  const seen = new Map<number, { count: number; tool: number }>();
  for (let row = 0; row < calls.length; row++) {
    const thread = calls.thread[row];
    const before = seen.get(thread);
    if (calls.kind[row] === callKindCode.tool) {
      const isSame = before === undefined || before.count === 0 || before.tool === calls.tool[row];
      seen.set(thread, {
        count: (before?.count ?? 0) + 1,
        tool: isSame ? calls.tool[row] : -1,
      });
    } else if (isReplayed(set, row) && before !== undefined) {
      tool[row] = before.tool;
      toolResults[row] = before.count;
      seen.set(thread, { count: 0, tool: -1 });
    }
  }
  return { tool, toolResults };
}

/** Seconds between the starts of the calls of a thread; NaN for its first and where one is unknown. */
function measureGaps(startMs: Float64Array, firstCall: Uint32Array): Float64Array {
  const gapSec = new Float64Array(startMs.length).fill(Number.NaN);
  for (let thread = 0; thread + 1 < firstCall.length; thread++) {
    for (let call = firstCall[thread] + 1; call < firstCall[thread + 1]; call++) {
      gapSec[call] = Math.max(0, (startMs[call] - startMs[call - 1]) / 1000);
    }
  }
  return gapSec;
}

const take = (column: ArrayLike<number>, rows: Uint32Array) =>
  Float64Array.from(rows, (row) => column[row] || 0);
const takeIndexes = (column: Int32Array, rows: Uint32Array) =>
  Int32Array.from(rows, (row) => column[row]);

function priceRows(set: SessionSet, rows: Uint32Array, book: PriceBook) {
  const dictionary = new PriceDictionary();
  const price = Int32Array.from(rows, (row) =>
    dictionary.indexOf(
      set.calls.isResponseCacheHit[row] === 1 ? responseCachePrices : findRowPrices(set, row, book),
    ),
  );
  return { price, prices: dictionary.prices };
}

function takeContext(context: ContextMeasures, rows: Uint32Array) {
  return {
    newTokens: take(context.newTokens, rows),
    resentTokens: take(context.resentTokens, rows),
    standingPrefixTokens: take(context.standingPrefixTokens, rows),
    isContextReset: Uint8Array.from(rows, (row) => context.isContextReset[row]),
  };
}

/**
 * Puts the model calls of a set in the order in which policies walk over them, with their prices.
 *
 * Sessions keep their index, also those without a call. What a call sends anew and again is that of
 * {@link measureContext}; a call with usage and an empty prompt (an aborted one) sends neither.
 */
export function buildReplaySet(set: SessionSet, book: PriceBook): ReplaySet {
  const { calls } = set;
  const { rows, firstThread, firstCall } = placeRows(set);
  const firstRows = rows.length === 0 ? [] : [...firstCall.subarray(0, -1)].map((at) => rows[at]);
  const { tool, toolResults } = findToolResults(set);
  const startMs = Float64Array.from(rows, (row) => calls.startMs[row]);
  return {
    sessionIds: set.sessionIds,
    names: set.names,
    ...priceRows(set, rows, book),
    firstThread,
    firstCall,
    isMainThread: Uint8Array.from(firstRows, (row) => calls.isMainThread[row]),
    agent: Int32Array.from(firstRows, (row) => calls.agent[row]),
    model: takeIndexes(calls.model, rows),
    tool: takeIndexes(tool, rows),
    toolResults: takeIndexes(toolResults, rows),
    turn: takeIndexes(calls.turn, rows),
    gapSec: measureGaps(startMs, firstCall),
    ...takeContext(measureContext(set), rows),
    inputFresh: take(calls.inputFresh, rows),
    cacheRead: take(calls.cacheRead, rows),
    cacheWrite5m: take(calls.cacheWrite5m, rows),
    cacheWrite1h: take(calls.cacheWrite1h, rows),
    cacheWriteUnknownTtl: take(calls.cacheWriteUnknownTtl, rows),
    output: take(calls.output, rows),
    reasoning: take(calls.reasoning, rows),
    listCostPicoUsd: Float64Array.from(rows, (row) => calls.listCostPicoUsd[row]),
    sessionsInStore: set.sessionsInStore,
  };
}
