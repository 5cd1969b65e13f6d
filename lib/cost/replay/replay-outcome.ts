import { z } from 'zod';
import { Interval } from '../cost-model';

/** One statistic over sessions today and under the policies. */
export const ReplayChange = z.object({
  today: z.number(),
  changed: z.number(),
  difference: z.number(), //               changed − today
  /** Of the difference, bootstrap over sessions; null below 20 sessions, or where none was drawn. */
  interval95: Interval.nullable(),
});
export type ReplayChange = z.infer<typeof ReplayChange>;

/** Cumulative cost after the n-th main-thread call, over the sessions that reach it. */
const ReplayPoint = z.object({
  call: z.int().positive(),
  sessions: z.int(),
  todayUsd: z.object({ p10: z.number(), p50: z.number(), p90: z.number() }),
  changedUsd: z.object({ p10: z.number(), p50: z.number(), p90: z.number() }),
  todayPromptTokensMean: z.number(),
  changedPromptTokensMean: z.number(),
});
export type ReplayPoint = z.infer<typeof ReplayPoint>;

/** What the imported sessions would have cost under some policies, as a difference against today. */
export const ReplayOutcome = z.object({
  sessions: z.int(),
  sessionsInStore: z.int(),
  calls: z.int(), //                       replayed
  callsAdded: z.int(), //                  by the policies: summarising calls and the like
  callsRemoved: z.int(),
  unpricedCalls: z.int(), //               left out on both sides
  /** Per session, and over all of them; null where no call has a price. */
  costUsd: z
    .object({ mean: ReplayChange, p50: ReplayChange, p95: ReplayChange, total: ReplayChange })
    .nullable(),
  /** Prompt, output and reasoning, per session; null where there is no call. */
  tokens: z.object({ mean: ReplayChange, p50: ReplayChange, p95: ReplayChange }).nullable(),
  /** Dollars by kind of token, today and changed; they add up to the totals. */
  byBucket: z.array(z.object({ name: z.string(), todayUsd: z.number(), changedUsd: z.number() })),
  curve: z.array(ReplayPoint), //          at most 200 points
  assumptions: z.array(z.string()), //     what is modelled and not measured, one sentence each
});
export type ReplayOutcome = z.infer<typeof ReplayOutcome>;
