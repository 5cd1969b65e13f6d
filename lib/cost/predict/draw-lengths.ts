import type { RandomStream } from '../../stats/random-stream';
import type { ReplaySet } from '../replay/replay-set';

/** Sessions that can be drawn, and which of their threads last as long as they do. */
export interface DrawableSessions {
  readonly sessions: Uint32Array; //       indexes of those that are priced throughout
  readonly calls: Uint32Array; //          of each session of the set
  readonly sessionsLeftOut: number;
  /** Sessions in order of length, to find longer ones. */
  readonly byLength: Uint32Array;
  /** Per thread, 1: there is one of it in a session, and it grows with it; 0: there are several. */
  readonly isLasting: Uint8Array;
}

/** Calls of a thread in a draw; more than it has: it is continued. */
export interface DrawnThread {
  readonly thread: number;
  readonly calls: number;
}

function findLasting(set: ReplaySet): Uint8Array {
  const repeated = new Set<number>();
  const threads = set.firstCall.length - 1;
  const isLasting = new Uint8Array(threads).fill(1);
  for (let session = 0; session < set.sessionIds.length; session++) {
    const seen = new Set<number>();
    for (let at = set.firstThread[session]; at < set.firstThread[session + 1]; at++) {
      if (set.isMainThread[at] === 1) continue;
      if (seen.has(set.agent[at])) repeated.add(set.agent[at]);
      seen.add(set.agent[at]);
    }
  }
  for (let thread = 0; thread < threads; thread++) {
    if (set.isMainThread[thread] === 0 && repeated.has(set.agent[thread])) isLasting[thread] = 0;
  }
  return isLasting;
}

/**
 * Finds what can be drawn.
 *
 * @throws RangeError when no session has calls that are all priced
 */
export function findDrawable(set: ReplaySet): DrawableSessions {
  const drawable: number[] = [];
  const calls = new Uint32Array(set.sessionIds.length);
  let sessionsLeftOut = 0;
  for (let session = 0; session < calls.length; session++) {
    const first = set.firstCall[set.firstThread[session]];
    const end = set.firstCall[set.firstThread[session + 1]];
    calls[session] = end - first;
    if (end === first) continue;
    if (set.listCostPicoUsd.subarray(first, end).some(Number.isNaN)) sessionsLeftOut++;
    else drawable.push(session);
  }
  if (drawable.length === 0) throw new RangeError('Got no session that is priced throughout.');
  return {
    sessions: Uint32Array.from(drawable),
    calls,
    sessionsLeftOut,
    byLength: Uint32Array.from(drawable).sort((a, b) => calls[a] - calls[b]),
    isLasting: findLasting(set),
  };
}

/**
 * Length of a session that was still open: that of one among the longer ones, drawn evenly, and so
 * on while that one was open, too. Its share goes to all that were still at risk, as in the estimate
 * of Kaplan and Meier.
 *
 * @see Efron, The two sample problem with censored data (1967), on redistribution to the right
 */
export function drawOpenLength(
  { byLength, calls }: DrawableSessions,
  session: number,
  isOpen: ArrayLike<number>,
  stream: RandomStream,
): number {
  let length = calls[session];
  let at = session;
  while (isOpen[at] === 1) {
    let first = 0;
    while (first < byLength.length && calls[byLength[first]] <= length) first++;
    if (first === byLength.length) break;
    at = byLength[first + stream.nextInt(byLength.length - first)];
    length = calls[at];
  }
  return length;
}

/** A whole number of this mean: the next lower one or the next higher. */
function roundByChance(value: number, stream: RandomStream): number {
  const whole = Math.floor(value);
  return whole + (stream.nextFloat() < value - whole ? 1 : 0);
}

/**
 * Threads of a session that is drawn a number of times as long as it was.
 *
 * Threads that last as long as the session get as many times the calls, at least one; where an agent
 * has several threads in a session, as many times the threads are drawn, each as it was.
 */
export function drawThreads(
  set: ReplaySet,
  { isLasting }: DrawableSessions,
  session: number,
  factor: number,
  stream: RandomStream,
): DrawnThread[] {
  const drawn: DrawnThread[] = [];
  for (let thread = set.firstThread[session]; thread < set.firstThread[session + 1]; thread++) {
    const calls = set.firstCall[thread + 1] - set.firstCall[thread];
    if (isLasting[thread] === 1) {
      drawn.push({ thread, calls: Math.max(1, roundByChance(calls * factor, stream)) });
      continue;
    }
    for (let copies = roundByChance(factor, stream); copies > 0; copies--) {
      drawn.push({ thread, calls });
    }
  }
  return drawn;
}
