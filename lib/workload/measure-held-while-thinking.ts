import { callKindCode, type SessionSet } from '../sessions/session';

/**
 * Share of database time during which a model call of the same session was under way.
 *
 * Near 0 where connections are used and given back; near 1 where a connection or transaction stays
 * open while the agent waits for the model. Model calls that overlap each other count once; every
 * database span counts by itself, because each has a connection.
 *
 * @returns in [0, 1]; null when no database span with a duration was recorded
 */
export function measureHeldWhileThinking(set: SessionSet): number | null {
  const { calls, firstCall } = set;
  let databaseMs = 0;
  let sharedMs = 0;
  for (let session = 0; session < set.sessionIds.length; session++) {
    const from = firstCall[session];
    const to = firstCall[session + 1];
    const models = mergeModelIntervals(set, from, to);
    for (let row = from; row < to; row++) {
      if (calls.kind[row] !== callKindCode.database) continue;
      const startMs = calls.startMs[row];
      const endMs = calls.endMs[row];
      if (!(endMs > startMs)) continue;
      databaseMs += endMs - startMs;
      sharedMs += overlapMs(models, startMs, endMs);
    }
  }
  return databaseMs > 0 ? Math.min(1, sharedMs / databaseMs) : null;
}

/** Disjoint intervals in which at least one model call ran: start, end, start, end, … */
function mergeModelIntervals(set: SessionSet, from: number, to: number): number[] {
  const { kind, startMs, endMs } = set.calls;
  const merged: number[] = [];
  for (let row = from; row < to; row++) {
    if (kind[row] !== callKindCode.model || !(endMs[row] > startMs[row])) continue;
    const last = merged.length - 1;
    if (last > 0 && startMs[row] <= merged[last]) {
      merged[last] = Math.max(merged[last], endMs[row]);
    } else {
      merged.push(startMs[row], endMs[row]);
    }
  }
  return merged;
}

/** Time that an interval shares with disjoint ascending intervals; looks up the first by halving. */
function overlapMs(intervals: readonly number[], startMs: number, endMs: number): number {
  let low = 0;
  let high = intervals.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[2 * middle + 1] > startMs) high = middle;
    else low = middle + 1;
  }
  let total = 0;
  for (let i = 2 * low; i < intervals.length && intervals[i] < endMs; i += 2) {
    total += Math.min(endMs, intervals[i + 1]) - Math.max(startMs, intervals[i]);
  }
  return total;
}
