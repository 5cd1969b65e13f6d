import type { CallKind } from '../traces/call-record';

/** Codes of {@link CallColumns.kind}, in the order of the `CallKind` union. */
export const callKindCode = {
  model: 0,
  tool: 1,
  database: 2,
  agent: 3,
  queue: 4,
} as const satisfies Record<CallKind, number>;

/**
 * Calls of many sessions as columns of equal length, one row per call.
 *
 * Rows are ordered by session, then by start time, then by file position. In number columns `NaN`
 * means "not known": usage missing, unpriced, no timestamp. In index columns −1 means the same.
 */
export interface CallColumns {
  readonly length: number;
  readonly kind: Uint8Array;
  readonly session: Uint32Array; //       index into SessionSet.sessionIds
  readonly thread: Uint32Array; //        one history: dense index, unique over all sessions
  readonly isMainThread: Uint8Array;
  readonly agent: Int32Array; //          index into SessionSet.names
  readonly model: Int32Array; //          response model, else request model
  readonly provider: Int32Array;
  readonly serviceTier: Int32Array; //    −1: standard, or not recorded
  readonly tenant: Int32Array; //         customer, team or workspace that is billed
  readonly tool: Int32Array;
  readonly dependency: Int32Array;
  readonly principal: Int32Array;
  readonly turn: Int32Array; //           0-based user turn within the session
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly inputFresh: Float64Array; //   tokens
  readonly cacheRead: Float64Array;
  readonly cacheWrite5m: Float64Array;
  readonly cacheWrite1h: Float64Array;
  readonly cacheWriteUnknownTtl: Float64Array;
  readonly output: Float64Array; //       NaN: usage missing
  readonly reasoning: Float64Array; //    NaN: not parted from output
  readonly listCostPicoUsd: Float64Array; // NaN: unpriced; safe integers otherwise
  readonly inputCostPicoUsd: Float64Array; // the prompt's part of listCostPicoUsd
  readonly recordedCostUsd: Float64Array; // NaN: not recorded
  readonly isResponseCacheHit: Uint8Array;
  readonly isAfterCompaction: Uint8Array; // the source says that history was compacted before it
  readonly hasError: Uint8Array;
  readonly hasInput: Uint8Array;
  readonly hasOutput: Uint8Array;
  readonly inputDigest: Int32Array; //    index into names; equal index = equal arguments
}

/**
 * The sessions a model is computed from: all of them, or a sample by hash of the session id.
 *
 * Session `s` owns rows `firstCall[s]` up to but not including `firstCall[s + 1]`.
 */
export interface SessionSet {
  readonly sessionIds: readonly string[];
  readonly firstCall: Uint32Array; //     sessionIds.length + 1 offsets into the columns
  readonly names: readonly string[]; //   dictionary of the index columns
  readonly calls: CallColumns;
  /** Sessions in the store; more than `sessionIds.length` when this is a sample. */
  readonly sessionsInStore: number;
}
