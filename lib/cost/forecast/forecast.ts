import { z } from 'zod';
import { Interval } from '../cost-model';

/**
 * A quantity that is known as a range: 80 % of what is thought possible lies from `low` to `high`.
 *
 * Read as a lognormal distribution whose P10 is `low` and whose P90 is `high`; equal ends are a point.
 */
export const ForecastRange = z
  .strictObject({ low: z.number(), high: z.number() })
  .refine(({ low, high }) => low <= high, { message: 'The lower end is above the upper one.' });
export type ForecastRange = z.infer<typeof ForecastRange>;

const rangeWithin = (min: number, max: number) =>
  ForecastRange.refine(({ low, high }) => low >= min && high <= max, {
    message: `Give numbers from ${min} to ${max}.`,
  });

const usd = z.number().positive().max(1e12);

/** By which name of a session its share of the planned volume may be given. */
export const MixKey = z.enum(['agent', 'model', 'tenant']);
export type MixKey = z.infer<typeof MixKey>;

/** Shares of the planned sessions; they are scaled to add up to 1. */
export const ForecastMix = z.strictObject({
  by: MixKey,
  shares: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        share: z.number().nonnegative().max(1e9),
      }),
    )
    .min(1)
    .max(12)
    .refine((shares) => shares.some(({ share }) => share > 0), 'Give one share above 0.'),
});
export type ForecastMix = z.infer<typeof ForecastMix>;

/** A plan's first day: dates are computed with, and the year 50 is read as 1950. */
const FirstDay = z.iso.date().refine((date) => date >= '2000-01-01' && date <= '2200-12-31', {
  message: 'Give a first day in the years 2000 to 2200.',
});

/** What is planned: volume, how sessions will differ from the imported ones, and the budget. */
export const ForecastPlan = z.strictObject({
  startDate: FirstDay, //                            in UTC
  months: z.int().min(1).max(24),
  sessionsPerDay: rangeWithin(0.01, 1e9), //         at the start, mean over a week, once ramped up
  growthPerMonth: rangeWithin(-0.9, 10), //          0.1: a tenth more each month, compounded by the day
  weekendFactor: z.number().min(0).max(10), //       sessions on a Saturday or Sunday ÷ on a weekday
  rampDays: z.int().min(0).max(730), //              days until the volume is full, in a straight line
  lengthFactor: rangeWithin(0.1, 20), //             calls per session ÷ those of the imported sessions
  retryFactor: rangeWithin(0.5, 20), //              tokens with production's retries ÷ with the traces'
  monthlyBudgetUsd: usd.nullable(),
  totalBudgetUsd: usd.nullable(),
  mix: ForecastMix.nullable(), //                    null: as imported
  policySetId: z.string().max(100).nullable(), //    null: as today
});
export type ForecastPlan = z.infer<typeof ForecastPlan>;

/** Resampled first three moments of the cost of one session, for one group of sessions. */
export const SessionMoments = z.object({
  name: z.string().nullable(), //          null: all sessions
  sessions: z.int(), //                    priced ones, which the moments rest on
  share: z.number(), //                    of the priced sessions, 0–1
  meanUsd: z.number(),
  meanUsdToday: z.number(), //             before the policies; equal to `meanUsd` without any
  secondMoment: z.number(), //             mean of the squared cost, USD²
  thirdMoment: z.number(), //              mean of the cubed cost, USD³
  /** One entry per bootstrap resample over sessions; all three of one resample belong together. */
  resampledMeans: z.array(z.number()),
  resampledSecond: z.array(z.number()),
  resampledThird: z.array(z.number()),
});
export type SessionMoments = z.infer<typeof SessionMoments>;

/** How the cost of a session grows with its number of calls. */
export const LengthModel = z.object({
  /** Relative cost of a session at a multiple of its calls; rising, holds the point (1, 1). */
  points: z.array(z.object({ lengthFactor: z.number(), costFactor: z.number() })).min(1),
  /** Spread of the exponent on top of the points, one standard deviation; 0: none known. */
  exponentSd: z.number().nonnegative(),
  source: z.string(), //                   one sentence: what it was fitted to
});
export type LengthModel = z.infer<typeof LengthModel>;

/** What sessions that fail under load add to the cost of one that succeeds. */
export const LoadFactor = z.object({
  /** Evenly likely between the ends: failed sessions spent nothing, or all they would have. */
  low: z.number().min(1),
  high: z.number().min(1),
  source: z.string(), //                   the run, or why there is none
});
export type LoadFactor = z.infer<typeof LoadFactor>;

/** Everything a forecast takes from the imported sessions. */
export const ForecastBasis = z.object({
  all: SessionMoments.nullable(), //       null: no session is priced
  segments: z.array(SessionMoments), //    by `segmentKey`, the most frequent first
  segmentKey: MixKey,
  length: LengthModel,
  load: LoadFactor,
  sessionsInStore: z.int(),
  unpricedSessions: z.int(), //            of those read: left out of every moment
  observedSessionsPerDay: z.number().nullable(), // null: less than a day of timestamps
  observedDays: z.number().nullable(),
  observedWeekendFactor: z.number().nullable(), //  null: less than two weeks
  observedFailedShare: z.number().nullable(), //    model calls with an error ÷ model calls
  callsPerSessionP50: z.number().nullable(),
  topDecileShare: z.number().nullable(), // cost in the dearest tenth of sessions ÷ total
  policyNote: z.string().nullable(), //    what the policies assume; null: none applied
});
export type ForecastBasis = z.infer<typeof ForecastBasis>;

/** Five quantiles over the draws. */
export const ForecastQuantiles = z.object({
  p10: z.number(),
  p25: z.number(),
  p50: z.number(),
  p75: z.number(),
  p90: z.number(),
});
export type ForecastQuantiles = z.infer<typeof ForecastQuantiles>;

/** A share of the draws with the interval that their number leaves it. */
export const DrawnShare = z.object({ share: z.number(), interval95: Interval });
export type DrawnShare = z.infer<typeof DrawnShare>;

/** Quantiles of a date; null: not within the horizon, in that share of the draws or more. */
export const DrawnDate = z.object({
  p10: z.iso.date().nullable(),
  p50: z.iso.date().nullable(),
  p90: z.iso.date().nullable(),
});
export type DrawnDate = z.infer<typeof DrawnDate>;

/** One month of the plan: from its day of the month to the day before that of the next. */
export const ForecastMonth = z.object({
  number: z.int().positive(),
  from: z.iso.date(),
  to: z.iso.date(), //                     its last day
  sessions: ForecastQuantiles,
  costUsd: ForecastQuantiles,
  cumulativeUsd: ForecastQuantiles,
  overMonthlyBudget: DrawnShare.nullable(), // null: no such budget
  overTotalBudget: DrawnShare.nullable(), //   by the end of this month
});
export type ForecastMonth = z.infer<typeof ForecastMonth>;

/** What happens to one budget. */
export const BudgetOutcome = z.object({
  kind: z.enum(['monthly', 'total']),
  budgetUsd: z.number(),
  over: DrawnShare, //                     monthly: in any month
  passedOn: DrawnDate, //                  monthly: in the first month that passes it
  eightyPercentOn: DrawnDate, //           four fifths of it are spent
  /** Sessions a day at the start that stay within it, all else as planned. */
  affordable: z.array(
    z.object({ confidence: z.number(), sessionsPerDay: z.number().nullable() }), // null: any number
  ),
});
export type BudgetOutcome = z.infer<typeof BudgetOutcome>;

/** Which part of the doubt a spread shows, all other parts held at their medians. */
export const DoubtPart = z.enum(['session_cost', 'volume', 'how_sessions_run', 'chance', 'all']);
export type DoubtPart = z.infer<typeof DoubtPart>;

/** Inputs that a forecast can be sensitive to. */
export const ForecastInput = z.enum([
  'sessions_per_day',
  'growth_per_month',
  'session_cost',
  'length_factor',
  'length_growth',
  'retry_factor',
  'load_factor',
  'chance',
]);
export type ForecastInput = z.infer<typeof ForecastInput>;

/** One bar of a tornado: the total with this input at its P10 and P90, all others at their medians. */
export const TornadoBar = z.object({
  input: ForecastInput,
  lowValue: z.number(), //                 the input at P10, in its own unit
  highValue: z.number(),
  atLowUsd: z.number(),
  atHighUsd: z.number(),
});
export type TornadoBar = z.infer<typeof TornadoBar>;

/** One step from pilot to production; factors multiply and dollars add up to the whole. */
export const CostDriver = z.object({
  name: z.enum(['policies', 'mix', 'more_calls', 'longer_history', 'retries', 'load', 'volume']),
  factor: z.number().nullable(), //        null: nothing costs anything before it
  addedUsd: z.number(), //                 in its turn; per session, or per month for the volume
});
export type CostDriver = z.infer<typeof CostDriver>;

/** Cost of a session in the pilot against production, at the medians of all inputs. */
export const PilotMultiple = z.object({
  pilotUsdPerSession: z.number(),
  productionUsdPerSession: z.number(),
  perSession: z.array(CostDriver), //      from the one to the other
  pilotUsdMonthly: z.number().nullable(), // at the volume of the traces; null: not known
  productionUsdMonthly: z.number(), //     in the last month of the plan, per 365.25 ÷ 12 days
  monthlyFactor: z.number().nullable(), // null: so, or the traces cost nothing
  volumeFactor: z.number().nullable(),
});
export type PilotMultiple = z.infer<typeof PilotMultiple>;

/** A forecast that has enough sessions behind it. */
export const CompletedForecast = z.object({
  kind: z.literal('forecast'),
  sessions: z.int(), //                    that its costs rest on
  costPerSessionUsd: ForecastQuantiles, // mean cost of a production session, over the draws
  months: z.array(ForecastMonth),
  totalUsd: ForecastQuantiles,
  doubt: z.array(z.object({ part: DoubtPart, totalUsd: ForecastQuantiles })),
  budgets: z.array(BudgetOutcome),
  multiple: PilotMultiple,
  tornado: z.array(TornadoBar), //         the widest first; inputs given as points are not in it
  topDecileShare: z.number().nullable(),
  draws: z.int(),
  seed: z.int(),
  /** Where the quantiles of the total would lie in 95 % of repetitions with other random numbers. */
  monteCarlo95: z.object({ p10: Interval, p50: Interval, p90: Interval }),
  assumptions: z.array(z.string()),
});
export type CompletedForecast = z.infer<typeof CompletedForecast>;

/** A forecast, or what is missing for one. */
export const Forecast = z.discriminatedUnion('kind', [
  CompletedForecast,
  z.object({
    kind: z.literal('too_few_sessions'),
    sessions: z.int(), //                  priced ones in the smallest group that the plan needs
    needed: z.int(),
    meanUsdPerSession: z.number().nullable(),
  }),
]);
export type Forecast = z.infer<typeof Forecast>;
