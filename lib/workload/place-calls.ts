import { callKindCode, type SessionSet } from '../sessions/session';
import { opCode } from './workload-model';

/** Operation codes of the call kinds; an agent span encloses others and is no operation itself. */
const opOfKind = [opCode.modelCall, opCode.toolCall, opCode.query, -1] as const;

/** A stretch of one session's time that one call has to itself. */
export interface PlacedCall {
  readonly op: number;
  readonly turn: number; // 0-based user turn; −1 before the first known one
  readonly startMs: number;
  readonly endMs: number; // at least `startMs`
  readonly row: number; //   of the call in its set; −1 for what an interrupted call still has to do
}

/** Calls of one session on its own time line, and how many durations had to be assumed. */
export interface PlacedSession {
  readonly calls: readonly PlacedCall[];
  readonly imputedDurations: number;
}

/**
 * Median recorded duration of each call kind, by kind code; 0 for a kind without a recorded one.
 *
 * @returns milliseconds
 */
export function medianDurationsMs(set: SessionSet): Float64Array {
  const { kind, startMs, endMs, length } = set.calls;
  return Float64Array.from(opOfKind, (_, code) => {
    const durations: number[] = [];
    for (let row = 0; row < length; row++) {
      if (kind[row] === code && endMs[row] >= startMs[row])
        durations.push(endMs[row] - startMs[row]);
    }
    const sorted = Float64Array.from(durations).sort();
    const upper = Math.floor(sorted.length / 2);
    if (sorted.length === 0) return 0;
    return sorted.length % 2 === 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
  });
}

/**
 * Puts the calls of a session one after the other, so that no moment belongs to two of them.
 *
 * Where calls overlap, a query keeps its time, because queries are what loads a pool; of two queries,
 * or of two calls that are none, the earlier one does. What a query interrupts goes on after it. A
 * call without a duration gets the median of its kind; one without a time at all follows the call
 * before it.
 *
 * @param medianMs as of {@link medianDurationsMs}
 */
export function placeCalls(
  set: SessionSet,
  session: number,
  medianMs: Float64Array,
): PlacedSession {
  const queries: PlacedCall[] = [];
  const others: PlacedCall[] = [];
  let turn = -1;
  let previousEndMs = findFirstStartMs(set, session);
  let imputedDurations = 0;
  for (let row = set.firstCall[session]; row < set.firstCall[session + 1]; row++) {
    const kind = set.calls.kind[row];
    const op = opOfKind[kind];
    if (op === undefined || op < 0) continue;
    turn = Math.max(turn, set.calls.turn[row]);
    const isTimed = Number.isFinite(set.calls.startMs[row]);
    const startMs = isTimed ? set.calls.startMs[row] : previousEndMs;
    const isMeasured = isTimed && set.calls.endMs[row] >= startMs;
    const endMs = isMeasured ? set.calls.endMs[row] : startMs + medianMs[kind];
    if (!isMeasured) imputedDurations++;
    previousEndMs = endMs;
    const placed = kind === callKindCode.database ? queries : others;
    placed.push({ op, turn, startMs, endMs, row });
  }
  const laidQueries = layEndToEnd(queries);
  const laidOthers = layEndToEnd(others).flatMap((call) => cutOut(call, laidQueries));
  const calls = [...laidQueries, ...laidOthers].sort(byTime);
  return { calls, imputedDurations };
}

function findFirstStartMs(set: SessionSet, session: number): number {
  for (let row = set.firstCall[session]; row < set.firstCall[session + 1]; row++) {
    if (Number.isFinite(set.calls.startMs[row])) return set.calls.startMs[row];
  }
  return 0;
}

/** Orders by start; a call that takes no time comes before one that starts where it stands. */
function byTime(a: PlacedCall, b: PlacedCall): number {
  return a.startMs - b.startMs || a.endMs - b.endMs;
}

/** Shortens each call by what earlier ones cover; one that is covered whole takes no time. */
function layEndToEnd(calls: readonly PlacedCall[]): PlacedCall[] {
  const ordered = calls.toSorted((a, b) => a.startMs - b.startMs);
  let coveredMs = Number.NEGATIVE_INFINITY;
  return ordered.map((call) => {
    const startMs = Math.max(call.startMs, coveredMs);
    const endMs = Math.max(call.endMs, startMs);
    coveredMs = endMs;
    return { ...call, startMs, endMs };
  });
}

/** Parts of a call between the queries, which are disjoint and in order; an instant if there are none. */
function cutOut(call: PlacedCall, queries: readonly PlacedCall[]): PlacedCall[] {
  const parts: PlacedCall[] = [];
  let fromMs = call.startMs;
  for (let i = findFirstEndingAfter(queries, call.startMs); i < queries.length; i++) {
    const query = queries[i];
    if (query.startMs >= call.endMs) break;
    if (query.startMs > fromMs) parts.push(partOf(call, parts.length, fromMs, query.startMs));
    fromMs = Math.max(fromMs, query.endMs);
  }
  const endMs = Math.max(call.endMs, fromMs);
  if (endMs > fromMs || parts.length === 0) parts.push(partOf(call, parts.length, fromMs, endMs));
  return parts;
}

/** The first part of a call is the call; what comes after an interruption is only its time. */
function partOf(call: PlacedCall, index: number, startMs: number, endMs: number): PlacedCall {
  return index === 0
    ? { ...call, startMs, endMs }
    : { op: opCode.work, turn: call.turn, startMs, endMs, row: -1 };
}

function findFirstEndingAfter(queries: readonly PlacedCall[], timeMs: number): number {
  let low = 0;
  let high = queries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (queries[middle].endMs > timeMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
