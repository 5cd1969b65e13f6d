import { setImmediate } from 'node:timers/promises';
import type { PriceBook } from '../cost/price-book';
import { priceCall } from '../cost/price-call';
import type { PricedCall } from '../db/trace-store/encode-call';
import { readRollupTraces, type StoredCall } from '../db/trace-store/read-calls';
import { insertUnattributed } from '../db/trace-store/write-import';
import { findRollupExcess, type RollupExcess } from '../sessions/attribute-rollups';
import type { CallRecord } from '../traces/call-record';
import { emptyCall } from '../traces/empty-call';

const rowsPerInsert = 5_000;
const spansPerBreath = 20_000;

/** Where the calls below an agent span may be, and how large a trace may be. */
export interface RollupOptions {
  /** Imports of the same project that may hold calls of the same traces. */
  readonly knownImportIds: readonly string[];
  readonly book: PriceBook; //             of the project
  readonly spansPerTraceMax?: number; //   200,000 unless given
}

/**
 * Adds what agent spans of an import that is being finished report beyond the calls below them, trace
 * by trace.
 *
 * A trace with more spans than the limit adds nothing: of a part of it, calls that lie in the rest
 * would be counted again.
 *
 * @returns model calls added
 */
export async function insertRollupExcess(
  importId: string,
  { knownImportIds, book, spansPerTraceMax = 200_000 }: RollupOptions,
): Promise<number> {
  const found: { sessionId: string; priced: PricedCall }[] = [];
  let added = 0;
  let spansSinceBreath = 0;
  const flush = async () => {
    await insertUnattributed(
      found.map((one) => one.sessionId),
      found.map((one) => one.priced),
    );
    added += found.length;
    found.length = 0;
  };
  for await (const calls of readRollupTraces(importId, knownImportIds)) {
    for (const spans of tracesOf(calls, spansPerTraceMax)) {
      spansSinceBreath += spans.length;
      if (spansSinceBreath >= spansPerBreath) {
        spansSinceBreath = 0;
        await setImmediate();
      }
      const own = spans.filter((span) => span.importId === importId);
      const byId = new Map(own.map((span) => [span.callId, span]));
      for (const excess of findRollupExcess(spans)) {
        const agent = byId.get(excess.callId);
        if (agent === undefined) continue;
        found.push({ sessionId: agent.sessionId, priced: unattributedCall(agent, excess, book) });
      }
      if (found.length >= rowsPerInsert) await flush();
    }
  }
  await flush();
  return added;
}

/** The calls of each trace, without the traces that are too large. */
function* tracesOf(calls: Iterable<StoredCall>, spansMax: number): Generator<StoredCall[]> {
  let trace: StoredCall[] = [];
  let spans = 0;
  let traceId: string | null = null;
  for (const call of calls) {
    if (call.traceId !== traceId) {
      if (spans <= spansMax) yield trace;
      trace = [];
      spans = 0;
      traceId = call.traceId;
    }
    if (++spans <= spansMax) trace.push(call);
  }
  if (spans <= spansMax) yield trace;
}

/** A model call for usage of which only the sum is known; it takes no time and has its own thread. */
function unattributedCall(
  agent: StoredCall,
  { usage, recordedCostUsd }: RollupExcess,
  book: PriceBook,
): PricedCall {
  const callId = `${agent.callId}#unattributed`;
  const call: CallRecord = {
    ...emptyCall('model', callId, callId, agent),
    ...agent,
    kind: 'model',
    callId,
    parentCallId: agent.callId,
    threadId: callId,
    endMs: agent.startMs,
    timeToFirstTokenMs: null,
    usage,
    usageBasis: null,
    usageQuality: 'provider',
    recordedCostUsd,
    errorType: null,
    inputDigest: null,
    hasInput: false,
    hasOutput: false,
  };
  return {
    importId: agent.importId,
    seq: agent.seq,
    call,
    cost: priceCall(call, book),
    isUnattributed: true,
  };
}
