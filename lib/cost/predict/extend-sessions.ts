import { bucketIndex } from '../replay/replay-buckets';
import type { ReplaySet } from '../replay/replay-set';
import type { DrawnThread } from './draw-lengths';
import {
  continueThread,
  type DrawContext,
  type DrawnSession,
  drawSession,
  prepareDraws,
  type SessionDrawOptions,
} from './session-draws';

/** Calls beyond which a set is not written out: draw costs instead. */
const maxCalls = 5_000_000;

const callColumns = [
  'price',
  'model',
  'tool',
  'toolResults',
  'turn',
  'gapSec',
  'newTokens',
  'resentTokens',
  'standingPrefixTokens',
  'isContextReset',
  'inputFresh',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWriteUnknownTtl',
  'output',
  'reasoning',
  'listCostPicoUsd',
] as const satisfies readonly (keyof ReplaySet)[];

/** Calls of a thread in a draw, and of them those that are written after the observed ones. */
function countCalls(context: DrawContext, { thread, calls }: DrawnThread, draw: DrawnSession) {
  const observed = context.set.firstCall[thread + 1] - context.set.firstCall[thread];
  if (calls <= observed) return { kept: calls, added: 0 };
  const isContinued = continueThread(context, thread, draw.stream) !== null;
  return { kept: observed, added: isContinued ? calls - observed : 0 };
}

function allocate(of: ReplaySet, names: string[], threads: number, calls: number) {
  const counts = (size: number) => new Int32Array(size);
  const numbers = (size: number) => new Float64Array(size);
  return {
    sessionIds: names,
    names: of.names,
    prices: of.prices,
    firstThread: new Uint32Array(names.length + 1),
    firstCall: new Uint32Array(threads + 1),
    isMainThread: new Uint8Array(threads),
    agent: counts(threads),
    price: counts(calls),
    model: counts(calls),
    tool: counts(calls),
    toolResults: counts(calls),
    turn: counts(calls),
    gapSec: numbers(calls),
    newTokens: numbers(calls),
    resentTokens: numbers(calls),
    standingPrefixTokens: numbers(calls),
    isContextReset: new Uint8Array(calls),
    inputFresh: numbers(calls),
    cacheRead: numbers(calls),
    cacheWrite5m: numbers(calls),
    cacheWrite1h: numbers(calls),
    cacheWriteUnknownTtl: numbers(calls),
    output: numbers(calls),
    reasoning: numbers(calls),
    listCostPicoUsd: numbers(calls),
    sessionsInStore: names.length,
  } satisfies ReplaySet;
}

type Extended = ReturnType<typeof allocate>;

/** Writes one thread from a place on: the observed calls as they are, then those that continue it. */
function writeThread(
  context: DrawContext,
  { thread, calls }: DrawnThread,
  draw: DrawnSession,
  to: { readonly set: Extended; readonly at: number },
): number {
  const { set } = context;
  const { kept, added } = countCalls(context, { thread, calls }, draw);
  const first = set.firstCall[thread];
  for (const name of callColumns) {
    to.set[name].set(set[name].subarray(first, first + kept), to.at);
  }
  const continuation = added > 0 ? continueThread(context, thread, draw.stream) : null;
  let at = to.at + kept;
  for (let k = 0; continuation !== null && k < added; k++, at++) {
    continuation.advance();
    const { donor, tokens } = continuation;
    const prompt = continuation.promptTokens;
    to.set.price[at] = continuation.price;
    to.set.model[at] = continuation.model;
    to.set.tool[at] = set.tool[donor];
    to.set.toolResults[at] = set.toolResults[donor];
    // A donor may be from any turn of its session: only whether it began one carries over.
    const turn = at === 0 ? 0 : to.set.turn[at - 1];
    to.set.turn[at] = turn < 0 ? -1 : turn + (set.turn[donor] > set.turn[donor - 1] ? 1 : 0);
    to.set.gapSec[at] = set.gapSec[donor];
    to.set.resentTokens[at] = continuation.resentTokens;
    to.set.newTokens[at] = prompt - continuation.resentTokens;
    to.set.standingPrefixTokens[at] = set.standingPrefixTokens[first];
    to.set.isContextReset[at] = continuation.isReset ? 1 : 0;
    to.set.inputFresh[at] = tokens[bucketIndex.inputFresh];
    to.set.cacheRead[at] = tokens[bucketIndex.cacheRead];
    to.set.cacheWrite5m[at] = tokens[bucketIndex.cacheWrite5m];
    to.set.cacheWrite1h[at] = tokens[bucketIndex.cacheWrite1h];
    to.set.cacheWriteUnknownTtl[at] = tokens[bucketIndex.cacheWriteUnknownTtl];
    to.set.output[at] = tokens[bucketIndex.output];
    to.set.reasoning[at] = tokens[bucketIndex.reasoning];
    to.set.listCostPicoUsd[at] = continuation.picoUsd;
  }
  return at;
}

/**
 * The same draws as `drawSessionCosts` as a set of their own, on which policies can be replayed.
 *
 * @returns sessions named by draw and origin; token counts are whole numbers
 * @throws RangeError as `drawSessionCosts`, and when the draws have more than five million calls
 */
export function extendSessions(set: ReplaySet, options: SessionDrawOptions): ReplaySet {
  const context = prepareDraws(set, options);
  const names: string[] = [];
  let threads = 0;
  let calls = 0;
  for (let index = 0; index < options.count; index++) {
    const draw = drawSession(context, options, index);
    names.push(`${index + 1} ${set.sessionIds[draw.session]}`);
    threads += draw.threads.length;
    for (const thread of draw.threads) {
      const { kept, added } = countCalls(context, thread, draw);
      calls += kept + added;
    }
    if (calls > maxCalls) throw new RangeError(`Got over ${maxCalls} calls; draw costs instead.`);
  }
  const extended = allocate(set, names, threads, calls);
  let thread = 0;
  let at = 0;
  for (let index = 0; index < options.count; index++) {
    const draw = drawSession(context, options, index);
    for (const drawn of draw.threads) {
      at = writeThread(context, drawn, draw, { set: extended, at });
      extended.isMainThread[thread] = set.isMainThread[drawn.thread];
      extended.agent[thread] = set.agent[drawn.thread];
      extended.firstCall[++thread] = at;
    }
    extended.firstThread[index + 1] = thread;
  }
  return extended;
}
