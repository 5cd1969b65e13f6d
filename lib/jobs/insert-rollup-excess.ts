import { priceCall } from '../cost/price-call';
import type { PricedCall } from '../db/trace-store/encode-call';
import { readRollupTraces, type StoredCall } from '../db/trace-store/read-calls';
import { insertUnattributed } from '../db/trace-store/write-import';
import { findRollupExcess } from '../sessions/attribute-rollups';
import type { CallRecord, TokenUsage } from '../traces/call-record';

const rowsPerInsert = 5_000;
const spansPerTraceMax = 200_000;

/**
 * Adds what agent spans report beyond the calls below them, trace by trace.
 *
 * @returns model calls added
 */
export async function insertRollupExcess(importId: string): Promise<number> {
  const found: { sessionId: string; priced: PricedCall }[] = [];
  let added = 0;
  const flush = async () => {
    await insertUnattributed(
      found.map((one) => one.sessionId),
      found.map((one) => one.priced),
    );
    added += found.length;
    found.length = 0;
  };
  for (const spans of tracesOf(await readRollupTraces(importId))) {
    const byId = new Map(spans.map((span) => [span.callId, span]));
    for (const { callId, usage } of findRollupExcess(spans)) {
      const agent = byId.get(callId);
      if (agent === undefined) continue;
      found.push({ sessionId: agent.sessionId, priced: unattributedCall(agent, usage) });
    }
    if (found.length >= rowsPerInsert) await flush();
  }
  await flush();
  return added;
}

function* tracesOf(calls: Iterable<StoredCall>): Generator<StoredCall[]> {
  let trace: StoredCall[] = [];
  for (const call of calls) {
    const isNext = trace.length > 0 && trace[0]?.traceId !== call.traceId;
    if (isNext || trace.length >= spansPerTraceMax) {
      yield trace;
      trace = [];
    }
    trace.push(call);
  }
  if (trace.length > 0) yield trace;
}

/** A model call for usage of which only the sum is known; it takes no time and has its own thread. */
function unattributedCall(agent: StoredCall, usage: TokenUsage): PricedCall {
  const callId = `${agent.callId}#unattributed`;
  const call: CallRecord = {
    ...agent,
    kind: 'model',
    callId,
    dedupeKey: callId,
    parentCallId: agent.callId,
    threadId: callId,
    endMs: agent.startMs,
    timeToFirstTokenMs: null,
    usage,
    usageBasis: null,
    recordedCostUsd: null,
    errorType: null,
    inputDigest: null,
    hasInput: false,
    hasOutput: false,
  };
  return {
    importId: agent.importId,
    seq: agent.seq,
    call,
    cost: priceCall(call),
    isUnattributed: true,
  };
}
