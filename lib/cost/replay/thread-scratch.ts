import type { ReplaySet } from './replay-set';

/**
 * One thread of calls while policies change it; its arrays are used again for the next thread.
 *
 * Entry k belongs to call `first + k` of the set. A prompt is `shared + added`; a call with an empty
 * prompt (an aborted one) has neither and is passed over.
 */
export interface ThreadScratch {
  readonly set: ReplaySet;
  session: number;
  first: number; //                        offset of the thread's first call in the set
  firstOfSession: number; //               the same for its session
  calls: number;
  agent: number; //                        index into names, −1 not recorded
  standing: number; //                     S: system prompt and tool schemas, tokens
  firstPrompt: number; //                  k of the first call whose prompt is known
  isRouted: boolean; //                    calls of one thread go to models by choice
  readonly shared: Float64Array; //        L: prefix that the call before left
  readonly added: Float64Array; //         X
  readonly output: Float64Array; //        visible
  readonly tokenRatio: Float64Array; //    tokens of the target model per token as measured
  readonly price: Int32Array; //           index into the prices of the run; −1 unpriced
  readonly cache: Int32Array; //           which model's prompt cache it uses
  readonly isReset: Uint8Array; //         1 as measured; 2 by a policy, its new content holds history
  readonly isUnsent: Uint8Array; //        answered without a provider
  readonly summaryCalls: Uint16Array; //   added before the call
  readonly summaryPrompt: Float64Array;
  readonly summaryOutput: Float64Array;
  readonly content: Float64Array; //       for a policy's own use within one thread
}

/** One policy at work on one thread. */
export type ThreadStep = (thread: ThreadScratch) => void;

/** Makes the scratch arrays, as long as the longest thread of the set. */
export function createThreadScratch(set: ReplaySet): ThreadScratch {
  let longest = 0;
  for (let thread = 0; thread + 1 < set.firstCall.length; thread++) {
    longest = Math.max(longest, set.firstCall[thread + 1] - set.firstCall[thread]);
  }
  const numbers = () => new Float64Array(longest);
  return {
    set,
    session: 0,
    first: 0,
    firstOfSession: 0,
    calls: 0,
    agent: -1,
    standing: 0,
    firstPrompt: 0,
    isRouted: false,
    shared: numbers(),
    added: numbers(),
    output: numbers(),
    tokenRatio: numbers(),
    price: new Int32Array(longest),
    cache: new Int32Array(longest),
    isReset: new Uint8Array(longest),
    isUnsent: new Uint8Array(longest),
    summaryCalls: new Uint16Array(longest),
    summaryPrompt: numbers(),
    summaryOutput: numbers(),
    content: numbers(),
  };
}

/**
 * Reads a thread as it was measured.
 *
 * All of its first prompt counts as shared: another session may have left it in the cache.
 */
export function loadThread(scratch: ThreadScratch, session: number, thread: number): void {
  const { set } = scratch;
  const first = set.firstCall[thread];
  const calls = set.firstCall[thread + 1] - first;
  scratch.session = session;
  scratch.first = first;
  scratch.firstOfSession = set.firstCall[set.firstThread[session]];
  scratch.calls = calls;
  scratch.agent = set.agent[thread];
  scratch.standing = 0;
  scratch.isRouted = false;
  let isFirst = true;
  for (let k = 0; k < calls; k++) {
    const call = first + k;
    const resent = set.resentTokens[call];
    const added = set.newTokens[call];
    const isFirstPrompt = isFirst && resent + added > 0;
    scratch.shared[k] = isFirstPrompt ? resent + added : resent;
    scratch.added[k] = isFirstPrompt ? 0 : added;
    if (isFirstPrompt) {
      isFirst = false;
      scratch.firstPrompt = k;
      scratch.standing = Math.min(set.standingPrefixTokens[call], resent + added);
    }
    // A reset that left less than the first prompt tells that less than that stands.
    if (set.isContextReset[call] === 1)
      scratch.standing = Math.min(scratch.standing, resent + added);
    scratch.output[k] = set.output[call];
    scratch.price[k] = set.price[call];
    scratch.cache[k] = set.model[call];
    scratch.isReset[k] = set.isContextReset[call];
  }
  scratch.tokenRatio.fill(1, 0, calls);
  scratch.isUnsent.fill(0, 0, calls);
  scratch.summaryCalls.fill(0, 0, calls);
  scratch.summaryPrompt.fill(0, 0, calls);
  scratch.summaryOutput.fill(0, 0, calls);
}

/**
 * What a call shares with the context before it, once a policy has changed that context.
 *
 * A call that sent all of the context still does; one that sent a part of it sends the same part. A
 * reset keeps its own, and so does one that shares no more than the standing prefix: neither hangs on
 * what was changed.
 *
 * @param was prompt and output of the call before as the policy found them; −1: no call before
 * @param is the same as the policy leaves them
 */
export function followContext(thread: ThreadScratch, k: number, was: number, is: number): number {
  const shared = thread.shared[k];
  if (was === is || was <= 0 || thread.isReset[k] !== 0 || shared <= thread.standing) return shared;
  const followed = Math.max(thread.standing, is * (shared / was));
  return is < was ? Math.min(shared, followed) : followed;
}
