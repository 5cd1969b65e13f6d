import { measureContext } from '../../sessions/context-growth';
import { callKindCode, type SessionSet } from '../../sessions/session';
import { rowTokens } from '../price-session';
import type { TraceQuantities } from './infrastructure-cost';

const msPerHour = 3_600_000;

/**
 * Measures what a session leaves behind and takes up, on average over the sessions.
 *
 * Calls without usage count as calls and add no tokens; where no call has any, tokens are null.
 */
export function measureTraceQuantities(set: SessionSet): TraceQuantities {
  const { calls, sessionIds } = set;
  const sessions = sessionIds.length;
  const context = measureContext(set);
  const sums = { transcript: 0, checkpoint: 0, output: 0, modelCalls: 0, queue: 0, withUsage: 0 };
  for (let row = 0; row < calls.length; row++) {
    if (calls.kind[row] === callKindCode.queue) sums.queue++;
    if (calls.kind[row] !== callKindCode.model) continue;
    sums.modelCalls++;
    const tokens = rowTokens(set, row);
    if (Number.isNaN(tokens)) continue;
    const output = calls.output[row] + (calls.reasoning[row] || 0);
    sums.withUsage++;
    sums.output += output;
    sums.checkpoint += tokens;
    sums.transcript += tokens - (context.resentTokens[row] || 0);
  }
  const mean = (total: number) => (sessions === 0 ? 0 : total / sessions);
  const meanTokens = (total: number) => (sums.withUsage === 0 ? null : mean(total));
  return {
    sessions,
    transcriptTokens: meanTokens(sums.transcript),
    checkpointTokens: meanTokens(sums.checkpoint),
    lastPromptTokens: meanLastPrompt(set),
    outputTokens: meanTokens(sums.output),
    modelCalls: mean(sums.modelCalls),
    calls: mean(calls.length),
    queueMessages: sums.queue === 0 ? null : mean(sums.queue),
    ...measureHours(set),
  };
}

/** Prompt of the last main-thread call of each session, averaged over those that have one. */
function meanLastPrompt({ calls, firstCall, sessionIds }: SessionSet): number | null {
  let sum = 0;
  let known = 0;
  for (let session = 0; session < sessionIds.length; session++) {
    for (let row = firstCall[session + 1] - 1; row >= firstCall[session]; row--) {
      if (calls.kind[row] !== callKindCode.model || calls.isMainThread[row] === 0) continue;
      const prompt =
        calls.inputFresh[row] +
        calls.cacheRead[row] +
        calls.cacheWrite5m[row] +
        calls.cacheWrite1h[row] +
        calls.cacheWriteUnknownTtl[row];
      if (Number.isNaN(prompt)) continue;
      sum += prompt;
      known++;
      break;
    }
  }
  return known === 0 ? null : sum / known;
}

/** Hours of a session from its first start to its last end, and those in which a call was running. */
function measureHours({ calls, firstCall, sessionIds }: SessionSet) {
  let sessionMs = 0;
  let busyMs = 0;
  let timed = 0;
  for (let session = 0; session < sessionIds.length; session++) {
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    let busyUntil = Number.NEGATIVE_INFINITY;
    let busy = 0;
    for (let row = firstCall[session]; row < firstCall[session + 1]; row++) {
      const start = calls.startMs[row];
      const end = calls.endMs[row];
      // An agent span is the time of everything below it, pauses included.
      if (calls.kind[row] === callKindCode.agent || !(end >= start)) continue;
      first = Math.min(first, start);
      last = Math.max(last, end);
      // Rows come in the order of their starts, so overlaps are counted once.
      busy += Math.max(0, end - Math.max(start, busyUntil));
      busyUntil = Math.max(busyUntil, end);
    }
    if (last < first) continue;
    timed++;
    sessionMs += last - first;
    busyMs += busy;
  }
  return {
    sessionHours: timed === 0 ? null : sessionMs / timed / msPerHour,
    busyHours: timed === 0 ? null : busyMs / timed / msPerHour,
  };
}
