/** Operation codes of a session program. */
export const opCode = {
  /** Delay before a user turn. `durationSec` is the delay. */
  think: 0,
  /** Model call. `durationSec` is its measured duration. */
  modelCall: 1,
  /** Tool call that uses no described resource. `durationSec` is its measured duration. */
  toolCall: 2,
  /** Database work: needs a connection for `durationSec`. */
  query: 3,
  /** A new user turn begins. Marks where per-turn response time is measured from; takes no time. */
  turnStart: 4,
  /** Time of the agent that belongs to no call, or the rest of a call that a query interrupted. */
  work: 5,
} as const;

/** How a run draws the duration of an operation. */
export const durationLaw = {
  /** Always `durationSec`: the duration of the observed operation. */
  fixed: 0,
  /** Exponential with mean `durationSec`: for synthetic workloads with a closed-form answer. */
  exponential: 1,
} as const;

/** Tokens of each operation, by operation; NaN where not known, and for what is no model call. */
export interface OperationTokens {
  readonly prompt: Float64Array; //     all of the prompt, cached or not
  readonly cacheRead: Float64Array;
  readonly cacheWrite: Float64Array;
  readonly output: Float64Array;
}

/** Where the operation durations of a workload come from. */
export interface WorkloadBasis {
  readonly sessions: number;
  readonly sessionsInStore: number;
  /** Operations whose duration was not recorded and was taken from the median of their kind. */
  readonly imputedDurations: number;
  /** Database spans seen; 0 means that queries are assumed, not measured. */
  readonly databaseSpans: number;
  /** Share of database time during which a model call of the same session ran; null without spans. */
  readonly heldWhileThinkingShare: number | null;
}

/**
 * Sessions lowered to flat programs that the engine interprets: one program per observed session.
 *
 * Program `p` owns operations `firstOp[p]` up to but not including `firstOp[p + 1]`. Parallel
 * siblings are laid end to end by start time; their overlap is kept out of the total, so that a
 * program takes as long unloaded as its session did. Of two calls that overlap the later one is
 * shortened; of a query and anything else the other one, because queries are what loads a pool.
 */
export interface WorkloadModel {
  readonly programCount: number;
  readonly firstOp: Uint32Array; //        programCount + 1 offsets
  readonly op: Uint8Array; //              opCode per operation
  readonly durationSec: Float64Array; //   seconds, finite and at least 0
  /** `durationLaw` per operation; left out where every operation is fixed, as in observed sessions. */
  readonly durationLaw?: Uint8Array;
  /** Left out where no model call has a token count. */
  readonly tokens?: OperationTokens;
  readonly basis: WorkloadBasis;
}
