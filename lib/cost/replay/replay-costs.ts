import type { ReplayBucket } from './replay-buckets';

/**
 * What every session and call costs today and under some policies.
 *
 * Pico-dollars are whole numbers. A call that cannot be priced is NaN on both sides and in no sum.
 */
export interface ReplayCosts {
  // Per session:
  readonly todayPicoUsd: Float64Array; //      NaN: no call of it is priced
  readonly changedPicoUsd: Float64Array;
  readonly todayTokens: Float64Array; //       prompt, output and reasoning; NaN: it has no call
  readonly changedTokens: Float64Array; //     with those of added calls; not rounded
  // Per call of the replay set:
  readonly callTodayPicoUsd: Float64Array;
  readonly callChangedPicoUsd: Float64Array; // with the call that a policy adds before it
  readonly callTodayPromptTokens: Float64Array;
  readonly callChangedPromptTokens: Float64Array; // NaN: not sent to a provider
  /** Pico-dollars by bucket over all sessions, exact; only buckets that hold any. */
  readonly byBucket: readonly {
    readonly name: ReplayBucket;
    readonly todayPicoUsd: bigint;
    readonly changedPicoUsd: bigint;
  }[];
  readonly callsAdded: number;
  readonly callsRemoved: number;
  readonly unpricedCalls: number; //            left out on both sides
  readonly assumptions: readonly string[];
}
