import { createRandomStream, type RandomStream } from '../../stats/random-stream';
import { createPriceTable, type PriceTable } from '../replay/price-table';
import { tokenBucketCount } from '../replay/replay-buckets';
import type { ReplaySet } from '../replay/replay-set';
import { findLastPrompt, ThreadContinuation } from './continue-thread';
import { collectDonors, type DonorCalls, donorKey, promptOf } from './donor-calls';
import {
  type DrawableSessions,
  type DrawnThread,
  drawOpenLength,
  drawThreads,
  findDrawable,
} from './draw-lengths';

/** How many sessions are drawn, and how long they are. */
export interface SessionDrawOptions {
  readonly count: number; //               sessions drawn, 1 to 1,000,000
  readonly lengthFactor: number; //        calls of a session ÷ calls observed, above 0 to 100
  readonly seed: number; //                a safe integer
  /** Per session of the set, 1 where it was still open at the end of the data: it is drawn longer. */
  readonly isOpen?: ArrayLike<number>;
}

/**
 * Sessions drawn with replacement from the observed ones, cut or extended to their length.
 *
 * Entry i of every array belongs to draw i.
 */
export interface SessionDraws {
  readonly session: Uint32Array; //        index of the observed session that the draw began as
  readonly costUsd: Float64Array; //       list cost
  readonly tokens: Float64Array; //        prompt, output and reasoning
  readonly calls: Uint32Array;
  readonly modelledCalls: Uint32Array; //  of them, beyond what was observed
  readonly sessionsLeftOut: number; //     observed sessions with an unpriced call: never drawn
  /** Draws that stay shorter than asked for: nothing says what more calls would hold or cost. */
  readonly drawsCutShort: number;
}

/** What one draw is made of: threads with their number of calls. */
export interface DrawnSession {
  readonly session: number;
  readonly threads: readonly DrawnThread[];
  readonly stream: RandomStream;
}

/** What draws share. */
export interface DrawContext {
  readonly set: ReplaySet;
  readonly table: PriceTable;
  readonly donors: ReadonlyMap<string, DonorCalls>;
  readonly drawable: DrawableSessions;
}

/** @throws RangeError when an option is outside its range, or no session is priced throughout */
export function prepareDraws(
  set: ReplaySet,
  { count, lengthFactor, isOpen }: SessionDrawOptions,
): DrawContext {
  if (!(count >= 1 && count <= 1_000_000)) {
    throw new RangeError(`Got ${count} sessions to draw when expected 1 to 1,000,000.`);
  }
  if (!(lengthFactor > 0 && lengthFactor <= 100)) {
    throw new RangeError(`Got a length factor of ${lengthFactor} when expected one up to 100.`);
  }
  if (isOpen !== undefined && isOpen.length !== set.sessionIds.length) {
    throw new RangeError('Expected one open mark per session.');
  }
  const drawable = findDrawable(set);
  return { set, table: createPriceTable(set.prices), donors: collectDonors(set), drawable };
}

/**
 * Draws one session. Draws of a seed begin as the same sessions whatever their length factor, so
 * that lengths can be compared without noise.
 */
export function drawSession(
  { set, drawable }: DrawContext,
  { lengthFactor, seed, isOpen }: SessionDrawOptions,
  draw: number,
): DrawnSession {
  const stream = createRandomStream(seed, draw, 'session', 0);
  const session = drawable.sessions[stream.nextInt(drawable.sessions.length)];
  const observed = drawable.calls[session];
  const length = isOpen ? drawOpenLength(drawable, session, isOpen, stream) : observed;
  const factor = (lengthFactor * length) / observed;
  return { session, threads: drawThreads(set, drawable, session, factor, stream), stream };
}

/** Continues a thread; null where nothing can follow its last call. */
export function continueThread(
  { set, table, donors }: DrawContext,
  thread: number,
  stream: RandomStream,
): ThreadContinuation | null {
  const own = donors.get(donorKey(set, thread));
  if (own === undefined || own.calls.length === 0 || findLastPrompt(set, thread) < 0) return null;
  return new ThreadContinuation({ set, table, donors: own, thread, stream });
}

interface DrawSums {
  isCutShort: boolean;
  picoUsd: number;
  tokens: number;
  calls: number;
  modelledCalls: number;
}

function addObserved(set: ReplaySet, { thread, calls }: DrawnThread, sums: DrawSums): void {
  const first = set.firstCall[thread];
  const end = Math.min(first + calls, set.firstCall[thread + 1]);
  for (let call = first; call < end; call++) {
    sums.picoUsd += set.listCostPicoUsd[call];
    sums.tokens += promptOf(set, call) + set.output[call] + set.reasoning[call];
  }
  sums.calls += end - first;
}

function addContinued(
  context: DrawContext,
  { thread, calls }: DrawnThread,
  stream: RandomStream,
  sums: DrawSums,
): void {
  const { set } = context;
  const beyond = calls - (set.firstCall[thread + 1] - set.firstCall[thread]);
  if (beyond <= 0) return;
  const continuation = continueThread(context, thread, stream);
  if (continuation === null) {
    sums.isCutShort = true;
    return;
  }
  for (let k = 0; k < beyond; k++) {
    continuation.advance();
    sums.picoUsd += continuation.picoUsd;
    for (let bucket = 0; bucket < tokenBucketCount; bucket++) {
      sums.tokens += continuation.tokens[bucket];
    }
  }
  sums.calls += beyond;
  sums.modelledCalls += beyond;
}

/**
 * Draws whole sessions, so that what belongs together stays together.
 *
 * At a length factor of 1 every draw is an observed session at its list cost. A shorter one keeps
 * its first calls; a longer one is continued by blocks of calls (new tokens, output, gap) of
 * threads of the same agent at about the same place, on top of its own last prompt.
 *
 * @throws RangeError when an option is outside its range, or no session is priced throughout
 */
export function drawSessionCosts(set: ReplaySet, options: SessionDrawOptions): SessionDraws {
  const context = prepareDraws(set, options);
  const draws = {
    session: new Uint32Array(options.count),
    costUsd: new Float64Array(options.count),
    tokens: new Float64Array(options.count),
    calls: new Uint32Array(options.count),
    modelledCalls: new Uint32Array(options.count),
    sessionsLeftOut: context.drawable.sessionsLeftOut,
  };
  let drawsCutShort = 0;
  for (let draw = 0; draw < options.count; draw++) {
    const { session, threads, stream } = drawSession(context, options, draw);
    const sums = { picoUsd: 0, tokens: 0, calls: 0, modelledCalls: 0, isCutShort: false };
    for (const thread of threads) {
      addObserved(set, thread, sums);
      addContinued(context, thread, stream, sums);
    }
    draws.session[draw] = session;
    draws.costUsd[draw] = sums.picoUsd / 1e12;
    draws.tokens[draw] = sums.tokens;
    draws.calls[draw] = sums.calls;
    draws.modelledCalls[draw] = sums.modelledCalls;
    if (sums.isCutShort) drawsCutShort++;
  }
  return { ...draws, drawsCutShort };
}
