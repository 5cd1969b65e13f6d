import { z } from 'zod';
import { Interval } from '../cost-model';

/** Why a backtest cannot be made: which number there is, and which it takes. */
const TooLittle = z.object({
  kind: z.literal('too_little'),
  have: z.int(),
  need: z.int(),
  of: z.enum(['sessions', 'session_lengths']),
});

/**
 * How a total was predicted. `plan` knows the calls by agent and model, `length` their number,
 * `first_prompt` the plan and the first prompts, `prefix` the first third of the calls and their
 * number. The others are what to beat: every session costs what the mean one did, and the average
 * cost of each call over the sessions that reach it.
 */
export const BacktestMethod = z.enum([
  'plan',
  'length',
  'first_prompt',
  'prefix',
  'mean_volume',
  'survivors',
]);
export type BacktestMethod = z.infer<typeof BacktestMethod>;

/** Errors of one method over the sessions that it had not seen. */
export const MethodErrors = z.object({
  method: BacktestMethod,
  medianError: z.number(), //              of |predicted ÷ actual − 1| over sessions
  totalError: z.number(), //               all predicted ÷ all actual − 1, which is that of the mean
  /** Mean over P10, P50 and P90, ÷ the mean cost; one point stands for all three in a baseline. */
  pinballLoss: z.number(),
  coverage80: z.number().nullable(), //    of the 80 % intervals; null: no interval is given
});
export type MethodErrors = z.infer<typeof MethodErrors>;

/** One session that was predicted. */
export const BacktestPoint = z.object({
  sessionId: z.string(),
  calls: z.int(),
  actualUsd: z.number(),
  predictedUsd: z.number(),
  interval80: Interval.nullable(),
});
export type BacktestPoint = z.infer<typeof BacktestPoint>;

/** Totals of single sessions, predicted. */
const SessionBacktest = z.object({
  kind: z.literal('measured'),
  fitSessions: z.int(),
  testSessions: z.int(),
  methods: z.array(MethodErrors), //       ours first, baselines last
  points: z.array(BacktestPoint), //       of the first method, at most 400
});
export type SessionBacktest = z.infer<typeof SessionBacktest>;

/** One figure of later sessions as it was expected and as it came. */
const ForecastFigure = z.object({
  predictedUsd: z.number(),
  interval80: Interval.nullable(),
  actualUsd: z.number(),
  error: z.number(), //                    predicted ÷ actual − 1
});

/** Earlier sessions against later ones. */
const TimeBacktest = z.object({
  kind: z.literal('measured'),
  splitBy: z.enum(['time', 'chance']), //  by chance where start times are missing
  fitSessions: z.int(),
  testSessions: z.int(),
  mean: ForecastFigure,
  p95: ForecastFigure,
  /** Error of the mean by the baseline of surviving calls, at the mean length of the earlier ones. */
  survivorsError: z.number(),
  /** Of P10, P50 and P90 of the earlier sessions as forecasts of each later one, ÷ the mean cost. */
  pinballLoss: z.number(),
  coverage80: z.number(), //               share of later sessions between those P10 and P90
  /** Halves drawn by chance over and over: does the interval of the mean hold the other half's? */
  randomHalves: z.object({
    splits: z.int(),
    coverage80: z.number(),
    /** Mean error ÷ the sampling error of two such halves, which no method can beat. */
    errorRatio: z.number(),
  }),
});
export type TimeBacktest = z.infer<typeof TimeBacktest>;

/** How far off forecasts would have been on the sessions that were imported. */
export const Backtest = z.object({
  sessions: z.int(), //                    whose cost is known to the last call
  unpricedSessions: z.int(), //            left out: a call has usage and no price
  emptySessions: z.int(), //               left out: nothing was spent
  sessionsInStore: z.int(),
  time: z.discriminatedUnion('kind', [TooLittle, TimeBacktest]),
  length: z.discriminatedUnion('kind', [TooLittle, SessionBacktest]),
  prefix: z.discriminatedUnion('kind', [TooLittle, SessionBacktest]),
});
export type Backtest = z.infer<typeof Backtest>;
export type TooLittle = z.infer<typeof TooLittle>;
