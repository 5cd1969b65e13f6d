import type { UnitPrices } from '../unit-prices';

/**
 * The metered model calls of many sessions, thread by thread, as a policy sees them.
 *
 * Only calls with usage are in it. Calls of a thread lie together in the order in which they were
 * made; threads of a session lie together. Token counts are whole numbers as measured.
 */
export interface ReplaySet {
  readonly sessionIds: readonly string[];
  readonly names: readonly string[]; //       dictionary of the index columns
  readonly prices: readonly UnitPrices[]; //  dictionary of `price`
  readonly firstThread: Uint32Array; //       sessions + 1 offsets into the threads
  readonly firstCall: Uint32Array; //         threads + 1 offsets into the calls
  readonly isMainThread: Uint8Array; //       per thread
  readonly agent: Int32Array; //              per thread; index into names, −1 not recorded
  // Per call:
  readonly price: Int32Array; //              index into prices; −1 unpriced
  readonly model: Int32Array; //              index into names
  readonly tool: Int32Array; //               tool whose result is new in this prompt; −1 none or several
  readonly toolResults: Int32Array; //        tool calls between the call before in the thread and this one
  readonly turn: Int32Array; //               −1 not recorded
  readonly gapSec: Float64Array; //           since the call before it in the thread began; NaN unknown
  readonly newTokens: Float64Array; //        X: not sent by an earlier call of the thread
  readonly resentTokens: Float64Array; //     H: prompt − X, standing prefix included
  readonly standingPrefixTokens: Float64Array; // S of the thread; 0 where no prompt of it is known
  readonly isContextReset: Uint8Array;
  readonly inputFresh: Float64Array;
  readonly cacheRead: Float64Array;
  readonly cacheWrite5m: Float64Array;
  readonly cacheWrite1h: Float64Array;
  readonly cacheWriteUnknownTtl: Float64Array;
  readonly output: Float64Array; //           visible output, or all of it where reasoning is not parted
  readonly reasoning: Float64Array; //        0 where it is not parted
  readonly listCostPicoUsd: Float64Array; //  as stored; NaN unpriced
  /** Sessions in the store; more than `sessionIds.length` when this is a sample. */
  readonly sessionsInStore: number;
}

/** Id of the price of an answer out of a response cache: nothing, since no provider was asked. */
export const responseCachePriceId = 'response-cache';
