import { z } from 'zod';
import { Interval } from './cost-model';

/** Median and outer deciles (type 7) of one quantity, with the median's interval over sessions. */
export const Spread = z.object({
  n: z.int(),
  p10: z.number(),
  p50: z.number(),
  p90: z.number(),
  p50Interval95: Interval.nullable(), //   null below 20 sessions
});
export type Spread = z.infer<typeof Spread>;

/** The session that weighs most in a slope: Σ(n − n̄)² over its segments ÷ that of all. */
export const HeaviestSession = z.object({
  sessionId: z.string(),
  share: z.number(), //                    of the slope's weight, 0–1
  tokensPerCallWithout: z.number().nullable(), // null: nothing is left without it
});
export type HeaviestSession = z.infer<typeof HeaviestSession>;

/**
 * Within-session slope of the prompt over calls: new tokens that every call adds to history.
 *
 * Long stretches weigh with the cube of their length. Where history is cut back, those of slowly
 * growing sessions are the longer ones: the slope then lies below the mean over sessions.
 */
export const GrowthSlope = z.object({
  tokensPerCall: z.number(), //            on segments between resets
  interval95: Interval.nullable(), //      bootstrap over sessions; null below 20 of them
  tokensPerCallUnsegmented: z.number(), // the same, ignoring resets
  rSquared: z.number(), //                 within segments
  calls: z.int(), //                       in segments of three calls or more
  segments: z.int(),
  sessions: z.int(),
  heaviest: HeaviestSession,
});
export type GrowthSlope = z.infer<typeof GrowthSlope>;

/** Exponent b of a running total ~ nᵇ, within threads. */
export const GrowthExponent = z.object({
  exponent: z.number(),
  interval95: Interval.nullable(),
  of: z.enum(['list_cost', 'prompt_tokens']), // tokens where no thread has three priced calls
});
export type GrowthExponent = z.infer<typeof GrowthExponent>;

/**
 * What happens where history is cut back: a prompt below 70 % of the one before. Usage does not
 * tell a compaction from a rewind.
 */
export const ResetPlateau = z.object({
  resets: z.int(),
  sessions: z.int(), //                    with at least one reset
  toldBySource: z.int(), //                resets at which the source itself tells of a compaction
  /** Sessions whose prompt reached the median threshold, and those of them that were cut back. */
  sessionsAtThreshold: z.int(),
  resetAtThreshold: z.int(),
  thresholdTokens: Spread, //              prompt right before a reset
  retainedShare: Spread, //                prompt right after ÷ right before, below 0.7
  thresholdWindowShare: Spread.nullable(), // prompt before ÷ context window; null: window not known
  summaryCalls: z.int(), //                resets whose summarising call is in the trace
  summaryCallsUnpriced: z.int(),
  summaryCostUsd: z.number().nullable(), // of the priced ones together; null: none
});
export type ResetPlateau = z.infer<typeof ResetPlateau>;

/** How the prompts of one agent, one model or all calls grow; main threads and sub-agents apart. */
export const GrowthGroup = z.object({
  by: z.enum(['all', 'agent', 'model']),
  name: z.string().nullable(), //          null: not recorded, or all
  isMainThread: z.boolean(),
  sessions: z.int(),
  threads: z.int(),
  calls: z.int(), //                       with a known prompt
  slope: GrowthSlope.nullable(), //        null: no segment has three calls
  exponent: GrowthExponent.nullable(),
  firstPromptTokens: Spread, //            standing prefix and first message, over threads
  standingPrefixTokens: z.number(), //     smallest first prompt
  outputTokensMean: z.number().nullable(), // visible output per call; null: not known for any
  plateau: ResetPlateau.nullable(), //     null: no reset
  contextWindowTokens: z.number().nullable(), // of the model with most calls; null: book does not say
  windowModel: z.string().nullable(),
  windowReachedAtCall: z.number().nullable(), // 1 + (window − mean first prompt) ÷ slope
  windowReachedInterval95: Interval.nullable(),
});
export type GrowthGroup = z.infer<typeof GrowthGroup>;

const Quantiles = z.object({
  p10: z.number(),
  p25: z.number(),
  p50: z.number(),
  p75: z.number(),
  p90: z.number(),
});

/** Measured after the n-th call or turn, over the sessions that reached it. */
export const MeasuredPoint = z.object({
  at: z.int().positive(), //               1-based call or turn of the main thread
  sessions: z.int(),
  costUsd: Quantiles.nullable(), //        cumulative list cost; null: none priced so far
  pricedSessions: z.int(),
  promptTokens: Quantiles, //              cumulative
  promptTokensMean: z.number(), //         cumulative; what the fitted curve stands for
  contextTokensMean: z.number(), //        prompt of this call, or of the turn's last
  resentTokensMean: z.number(), //         of it, what an earlier call already sent
});
export type MeasuredPoint = z.infer<typeof MeasuredPoint>;

const Band = z.object({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

/** The fitted curve n·S + g·n(n−1)/2 after the n-th call or turn, with its 95 % band. */
export const FittedPoint = z.object({
  at: z.int().positive(),
  promptTokens: Band, //                   cumulative
  contextTokens: z.number(), //            of this call: S + g·(n − 1), cut back where resets are
  costUsd: Band.nullable(), //             at the measured price of input and output per call
});
export type FittedPoint = z.infer<typeof FittedPoint>;

/** Growth over calls or turns: measured, and fitted as far as it is drawn. */
export const GrowthCurves = z.object({
  unit: z.enum(['call', 'turn']),
  measured: z.array(MeasuredPoint),
  fitted: z.array(FittedPoint),
  observed: z.int(), //                    last call or turn that ten sessions reached; 0: none
  longest: z.int(),
  callsPerUnit: z.number(), //             1 for calls
  /** Most sessions at the reset threshold are cut back there, and so is the fitted curve. */
  isCutBack: z.boolean(),
  /** The fitted prompt outgrows the context window here: no call can follow. */
  endsAtWindow: z.boolean(),
});
export type GrowthCurves = z.infer<typeof GrowthCurves>;

/** One step of a Kaplan–Meier curve of session length. */
export const LengthStep = z.object({
  at: z.number(), //                       calls or turns
  atRisk: z.int(),
  events: z.int(), //                      ended since the step before
  censored: z.int(),
  survival: z.number(), //                 share of sessions that are longer
  interval95: Interval.nullable(),
});
export type LengthStep = z.infer<typeof LengthStep>;

/** How long sessions are, with those still open at the end of the data counted as such. */
export const SessionLengths = z.object({
  unit: z.enum(['call', 'turn']),
  sessions: z.int(),
  censored: z.int(),
  median: z.number().nullable(), //        null: more than half are still open, or there are none
  steps: z.array(LengthStep),
});
export type SessionLengths = z.infer<typeof SessionLengths>;

/** Which sessions were taken to be still open. */
export const Censoring = z.object({
  openAtEnd: z.int(), //                   last call within the gap of the last timestamp
  unansweredTool: z.int(), //              others whose last record is a tool call without an answer
  withoutTimes: z.int(), //                or without a date: cannot be judged, taken to have ended
  gapSec: z.number().nullable(), //        99th percentile of gaps within sessions; null: no gap
});
export type Censoring = z.infer<typeof Censoring>;

/** How cost grows with history: slopes, exponents, resets and the length of sessions. */
export const GrowthModel = z.object({
  sessions: z.int(),
  sessionsInStore: z.int(),
  groups: z.array(GrowthGroup), //         all calls first, then by agent and by model
  groupsLeftOut: z.int(), //               beyond the most frequent of each kind
  byCall: GrowthCurves.nullable(), //      of main threads; null: no call with a known prompt
  byTurn: GrowthCurves.nullable(), //      null: no turns recorded
  callsPerSession: SessionLengths.nullable(),
  turnsPerSession: SessionLengths.nullable(),
  censoring: Censoring,
});
export type GrowthModel = z.infer<typeof GrowthModel>;
