/** What one side of a comparison is like besides its cost. */
export interface SideFacts {
  readonly sessions: number; //               with a call
  readonly calls: number; //                  sent to a provider, added ones included
  readonly callsPerSession: number | null; // null: no session has a call
  readonly promptTokensPerCall: number | null;
  /** Share of prompt tokens that an earlier call of the thread had sent already. */
  readonly resentShare: number | null;
  /** Tokens by which a prompt is longer than the one before it, within sessions. */
  readonly growthTokensPerCall: number | null; // null: no run of three calls
  readonly contextResets: number;
  /** Dollars by the model that the calls were measured with, the dearest first. */
  readonly byModel: readonly { readonly name: string | null; readonly usd: number }[];
}
