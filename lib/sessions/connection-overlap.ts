import { callKindCode, type SessionSet } from './session';

/** Database time of every session and how much of it one of its model calls overlapped. */
export interface ConnectionOverlap {
  readonly databaseSpans: number; //       with a start and an end
  readonly databaseMs: Float64Array;
  readonly heldMs: Float64Array; //        of databaseMs, while at least one model call ran
}

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Measures for how much of the database time of each session one of its model calls was running.
 *
 * Model calls that overlap each other count once; every database span counts by itself, because each
 * has a connection.
 */
export function measureConnectionOverlap(set: SessionSet): ConnectionOverlap {
  const databaseMs = new Float64Array(set.sessionIds.length);
  const heldMs = new Float64Array(set.sessionIds.length);
  let databaseSpans = 0;
  for (let s = 0; s < set.sessionIds.length; s++) {
    const queries = spansOf(set, s, callKindCode.database);
    if (queries.length === 0) continue;
    const thinking = mergeSpans(spansOf(set, s, callKindCode.model));
    databaseSpans += queries.length;
    for (const query of queries) {
      databaseMs[s] = (databaseMs[s] ?? 0) + (query.endMs - query.startMs);
      heldMs[s] = (heldMs[s] ?? 0) + overlapMs(query, thinking);
    }
  }
  return { databaseSpans, databaseMs, heldMs };
}

function spansOf({ calls, firstCall }: SessionSet, session: number, kind: number): Span[] {
  const spans: Span[] = [];
  for (let row = firstCall[session] ?? 0; row < (firstCall[session + 1] ?? 0); row++) {
    if (calls.kind[row] !== kind) continue;
    const startMs = calls.startMs[row] ?? Number.NaN;
    const endMs = calls.endMs[row] ?? Number.NaN;
    if (endMs >= startMs) spans.push({ startMs, endMs });
  }
  return spans;
}

function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: { startMs: number; endMs: number }[] = [];
  for (const span of [...spans].sort((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1);
    if (last !== undefined && span.startMs <= last.endMs) {
      last.endMs = Math.max(last.endMs, span.endMs);
    } else {
      merged.push({ ...span });
    }
  }
  return merged;
}

/** `spans` are disjoint and in order; the first that can overlap is found by bisection. */
function overlapMs(query: Span, spans: readonly Span[]): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.endMs ?? 0) <= query.startMs) low = middle + 1;
    else high = middle;
  }
  let total = 0;
  for (let index = low; index < spans.length; index++) {
    const span = spans[index];
    if (span === undefined || span.startMs >= query.endMs) break;
    total += Math.min(span.endMs, query.endMs) - Math.max(span.startMs, query.startMs);
  }
  return total;
}
