import { z } from 'zod';
import { type RetryRules, retryPresetNames, retryPresets } from '../providers/sdk-retries';
import { Law } from './law';

const sec = z.number().positive().max(1e9);
const share = z.number().min(0).max(1);

/** Waits between attempts. Delay before attempt n + 1 after n failures. */
export const Backoff = z.strictObject({
  baseSec: z.number().min(0).max(1e6),
  capSec: z.number().positive().max(1e9).optional().describe('Longest delay; default none.'),
  factor: z.number().min(1).max(100).optional().describe('Growth per failure; default 2.'),
  /** Exponent of the first delay: 0 gives base, 1 gives base · factor. */
  firstExponent: z.int().min(0).max(1).optional().describe('default 0: the first delay is base.'),
  jitter: z
    .enum(['none', 'equal', 'full', 'decorrelated', 'downward'])
    .optional()
    .describe(
      'none: e; equal: e/2 + U(0, e/2); full: U(0, e); decorrelated: min(cap, U(base, 3 · last)); downward: e · (1 − U(0, 0.25)).',
    ),
  extraSec: Law.optional().describe('Added to each delay, such as a network trip, in s.'),
});
export type Backoff = z.infer<typeof Backoff>;

const RetryFields = z.strictObject({
  preset: z.enum(retryPresetNames).optional().describe('As a library does it; fields given win.'),
  attempts: z
    .union([z.int().min(1).max(10_000), z.literal('unlimited')])
    .optional()
    .describe('Attempts in all, the first included; needed without a preset.'),
  backoff: Backoff.optional().describe('Left out: the next attempt starts at once.'),
  delaySec: Law.optional().describe('Delay before each retry instead of a backoff, in s.'),
  honourRetryAfter: z
    .boolean()
    .optional()
    .describe('Wait at least as long as a refusal asks for; default true.'),
  budget: z.string().max(80).optional().describe('Name of a retry budget that pays for retries.'),
  on: z
    .array(z.string().max(80))
    .max(32)
    .optional()
    .describe('Causes that are retried; default all but circuit_open, deadline and cancelled.'),
});
type RetryFields = z.infer<typeof RetryFields>;

/** What happens to an operation that failed, with its preset filled in. */
export type Retry = Omit<RetryFields, 'preset' | 'attempts'> & {
  attempts: NonNullable<RetryFields['attempts']>;
};

/** What happens to an operation that failed; a preset gives what is not said. */
export const Retry = RetryFields.transform(({ preset, ...given }, context): Retry => {
  const filled: Omit<RetryFields, 'preset'> = { ...fieldsOf(preset, given), ...given };
  const { attempts, ...rest } = filled;
  if (attempts !== undefined) return { attempts, ...rest };
  context.issues.push({
    code: 'custom',
    message: 'Say attempts, or name a preset.',
    path: ['attempts'],
    input: given,
  });
  return z.NEVER;
});

function fieldsOf(preset: RetryFields['preset'], given: RetryFields): RetryFields {
  if (preset === undefined) return {};
  const { attempts, backoff, on }: RetryRules = retryPresets[preset].retry;
  return {
    attempts,
    ...(given.delaySec === undefined && { backoff }),
    ...(on !== undefined && { on: [...on] }),
  };
}

/** Token bucket that pays for retries: each first attempt puts `ratio` in, each retry takes 1. */
export const RetryBudget = z.strictObject({
  ratio: z.number().min(0).max(10),
  burst: z.number().positive().max(1e6),
  scope: z
    .enum(['shared', 'session'])
    .optional()
    .describe('One for all (default) or each its own.'),
});
export type RetryBudget = z.infer<typeof RetryBudget>;

/** Circuit breaker: closed, open for a time, half open with a few trial calls. */
export const Breaker = z.strictObject({
  consecutiveFailures: z.int().min(1).max(1e6).optional(),
  failureRate: share.optional().describe('Opens at this share of failures in the window.'),
  slowerThanSec: sec.optional().describe('A call that takes longer counts as a failure.'),
  windowSec: sec.optional().describe('Window of the failure rate; default 10 s.'),
  minimumCalls: z.int().min(1).max(1e6).optional().describe('Calls before a rate counts; 20.'),
  callsPerSession: z
    .int()
    .min(1)
    .max(1e6)
    .optional()
    .describe('Opens for a session that calls more; each session has its own breaker then.'),
  scope: z
    .enum(['shared', 'session'])
    .optional()
    .describe('One for all (default) or each its own.'),
  openSec: sec.describe('Time until it lets trial calls through.'),
  halfOpenCalls: z.int().min(1).max(1e6).optional().describe('Successes that close it; default 1.'),
});
export type Breaker = z.infer<typeof Breaker>;

/** What a resource does with demand it cannot or should not take. */
export const Admission = z.strictObject({
  maxWaiting: z.int().min(0).max(10_000_000).optional().describe('Refused beyond this queue.'),
  shedAgeSec: sec.optional().describe('Arrivals are refused while the oldest waiter is older.'),
  shedBelowPriority: z
    .int()
    .min(0)
    .max(1_000)
    .optional()
    .describe('With shedAgeSec or an adaptive limit: only priorities after this one are refused.'),
  dropExpired: z
    .boolean()
    .optional()
    .describe('Waiters whose session deadline has passed are dropped when their turn comes.'),
  adaptiveLimit: z
    .strictObject({
      kind: z.enum(['aimd', 'gradient']),
      initial: z.int().min(1).max(1e6),
      min: z.int().min(1).max(1e6).optional(),
      max: z.int().min(1).max(1e6).optional(),
      targetSec: sec
        .optional()
        .describe('aimd: a longer stay takes the limit times 0.9; default 5 s.'),
    })
    .optional()
    .describe('Limit of requests in the resource that follows their response times.'),
});
export type Admission = z.infer<typeof Admission>;

/** Replicas that follow a metric, by the formula of the Kubernetes horizontal pod autoscaler. */
export const Autoscaler = z.strictObject({
  metric: z.enum(['utilization', 'waitingPerReplica', 'inSystemPerReplica']),
  target: z.number().positive().max(1e6),
  min: z.int().min(1).max(100_000),
  max: z.int().min(1).max(100_000),
  tolerance: share.optional().describe('default 0.1'),
  syncSec: sec.optional().describe('default 15 s'),
  scaleDownStabilizationSec: z.number().min(0).max(1e6).optional().describe('default 300 s'),
  metricLagSec: z.number().min(0).max(1e6).optional().describe('Age of the metric; default 0 s.'),
  startUpSec: Law.optional().describe('From the decision to a ready replica, in s; default 0.'),
});
export type Autoscaler = z.infer<typeof Autoscaler>;
