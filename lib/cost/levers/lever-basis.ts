/** Quantiles of a number of tokens or turns over what was measured. */
export interface ObservedRange {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** A model as traces name it, and the model of the price book that its calls are priced as. */
export interface ObservedModel {
  readonly name: string;
  readonly providerId: string;
  readonly modelId: string;
  readonly calls: number;
}

/** What was measured, as far as it says where the levers of policies should stand. */
export interface LeverBasis {
  readonly promptTokens: ObservedRange | null; //     per call; null: none is known
  readonly newTokens: ObservedRange | null; //        per call after the first of its thread
  readonly toolResultTokens: ObservedRange | null; // new tokens of calls that follow a tool
  readonly outputTokens: ObservedRange | null; //     per call, reasoning left out
  readonly turns: ObservedRange | null; //            per session; null: turns are not recorded
  readonly agents: readonly string[]; //              by calls, the most first
  readonly models: readonly string[]; //              by calls, the most first
  readonly pricedAs: readonly ObservedModel[]; //     by calls, the most first; priced calls only
}
