import type { RandomStream } from '../../stats/random-stream';
import { cutByLength, type SessionSplit } from '../predict/cut-by-length';
import type { PredictableSessions } from '../predict/predictable-sessions';

/** Puts sessions in an order of chance (Fisher and Yates). */
function shuffleSessions(count: number, stream: RandomStream): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const at = stream.nextInt(last + 1);
    [order[last], order[at]] = [order[at], order[last]];
  }
  return order;
}

/** Halves by chance; the first has the odd session less. */
export function splitByChance(count: number, stream: RandomStream): SessionSplit {
  const order = shuffleSessions(count, stream);
  const half = Math.floor(count / 2);
  return { fit: order.slice(0, half), test: order.slice(half) };
}

/** The shorter half by calls of each agent's sessions, and the longer one; chance decides among equals. */
export function splitByLength(sessions: PredictableSessions, stream: RandomStream): SessionSplit {
  return cutByLength(sessions, shuffleSessions(sessions.sessionIds.length, stream));
}

/** Share of the sessions, by start, that is learnt from in a split by time. */
const earlierShare = 0.7;

/** The first 70 % of sessions by start and the rest; in an order of chance where a start is missing. */
export function splitByTime(
  { startMs }: PredictableSessions,
  stream: RandomStream,
): SessionSplit & { readonly splitBy: 'time' | 'chance' } {
  const isTimed = startMs.every((start) => !Number.isNaN(start));
  const order = shuffleSessions(startMs.length, stream);
  // Sources that count time from the start of each session begin them all at once.
  const splitBy = isTimed && new Set(startMs).size > 1 ? 'time' : 'chance';
  if (splitBy === 'time') order.sort((a, b) => startMs[a] - startMs[b]);
  const cut = Math.floor(order.length * earlierShare);
  return { fit: order.slice(0, cut), test: order.slice(cut), splitBy };
}
