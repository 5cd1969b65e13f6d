import { z } from 'zod';
import { PriceBookIdentity } from './price-book';

const usd = z.number();
/** Lower and upper end of an interval, in the unit of the number it belongs to. */
export const Interval = z.tuple([z.number(), z.number()]);
export type Interval = z.infer<typeof Interval>;

/** Quantiles (type 7) and mean of one quantity over sessions. */
export const SessionQuantiles = z.object({
  p50: z.number(),
  p90: z.number(),
  p95: z.number(),
  p99: z.number(),
  mean: z.number(),
  p95Interval95: Interval.nullable(), //   bootstrap over sessions; null below 20 sessions
  meanInterval95: Interval.nullable(),
});
export type SessionQuantiles = z.infer<typeof SessionQuantiles>;

/** How prompts grow from call to call within a session. */
export const GrowthFit = z.object({
  tokensPerCall: z.number(), //            within-session slope on segments between context resets
  interval95: Interval.nullable(), //      bootstrap over sessions, 1,000 resamples
  tokensPerCallUnsegmented: z.number(), // the same, ignoring resets
  exponent: z.number().nullable(), //      b of cumulative cost ~ n^b within sessions
  exponentInterval95: Interval.nullable(),
  rSquared: z.number(),
  calls: z.int(), //                       calls the fit uses
  segments: z.int(),
  contextResets: z.int(), //               prompt fell below 70 % of the one before
  /** Main threads among the longest quarter by calls, of ten or more; and those of them with a reset. */
  longSessions: z.int().optional(),
  longSessionsWithReset: z.int().optional(),
});
export type GrowthFit = z.infer<typeof GrowthFit>;

/** Cumulative cost and prompt after the n-th call, over the sessions that have reached it. */
export const GrowthPoint = z.object({
  call: z.int().positive(), //             1-based call number in the main thread
  sessions: z.int(), //                    sessions that reached this call
  costUsd: z.object({ p10: usd, p25: usd, p50: usd, p75: usd, p90: usd }),
  promptTokensMean: z.number(),
  resentTokensMean: z.number(), //         of promptTokensMean, what an earlier call already sent
  isExtrapolated: z.boolean(), //          fewer than 10 sessions, or beyond the longest
});
export type GrowthPoint = z.infer<typeof GrowthPoint>;

/** One line of a cost breakdown: what, how much of it, what it cost (FOCUS: pricing quantity and list cost). */
export const CostLine = z.object({
  name: z.string(),
  pricingQuantity: z.number().nullable(), // tokens
  listCostUsd: usd.nullable(), //           null: unpriced
  share: z.number().nullable(), //          of the priced total, 0–1
});
export type CostLine = z.infer<typeof CostLine>;

/** Counts that stand beside every total, so that silence is never read as zero. */
const CostCoverage = z.object({
  sessions: z.int(),
  sessionsInStore: z.int(),
  modelCalls: z.int(),
  unpricedCalls: z.int(),
  unpricedTokens: z.number(),
  usageMissingCalls: z.int(),
  recordedCostCalls: z.int(),
  priceBook: PriceBookIdentity,
});

/** What sessions cost and how that grows with their history, from measured calls. */
export const CostModel = z.object({
  coverage: CostCoverage,
  listCostUsd: usd,
  recordedCostUsd: usd.nullable(),
  costPerSessionUsd: SessionQuantiles.nullable(), // null: no session has a priced call
  tokensPerSession: SessionQuantiles.nullable(),
  growth: GrowthFit.nullable(), //         null: no session has three calls with usage
  historyShare: z.number().nullable(), //  dollars on re-sent history ÷ dollars of input
  growthCurve: z.array(GrowthPoint),
  byBucket: z.array(CostLine),
  byModel: z.array(CostLine),
  byAgent: z.array(CostLine),
  failedCostShare: z.number().nullable(), // spend in sessions that ended in an error ÷ total
  failedCostInterval95: Interval.nullable().optional(), // over sessions; null below 20 of them
  failedCostRatio: z.number().nullable().optional(), // mean cost of a failed session ÷ another's
  topDecileShare: z.number().nullable(), // cost of the dearest tenth of sessions ÷ total
  attributedShare: z.number().nullable(), // spend with agent, user, turn and step known ÷ total
});
export type CostModel = z.infer<typeof CostModel>;
