import { z } from 'zod';
import { Arrivals } from './arrivals';
import { Fault } from './fault';
import { Breaker, Retry, RetryBudget } from './policy';
import { Resource } from './resource';
import { Slo } from './slo';
import { Program } from './step';

const name = z
  .string()
  .regex(/^[a-zA-Z][\w -]{0,79}$/)
  .describe('Letters, digits, space, - and _; begins with a letter.');

/** How the programs of observed sessions meet the resources of a scenario. */
export const ObservedProgram = z.strictObject({
  kind: z.literal('observed').describe('Each session plays one drawn from the imported sessions.'),
  query: z.string().max(80).optional().describe('Pool of database operations.'),
  hold: z.enum(['query', 'turn', 'session']).optional().describe('For how long; default query.'),
  model: z.string().max(80).optional().describe('Provider of model calls.'),
  retry: Retry.optional().describe('Of model calls; left out: a call that fails ends its session.'),
  tool: z.string().max(80).optional().describe('Pool of tool calls.'),
  thinkTimeFactor: z.number().min(0).max(1_000).optional(),
});
export type ObservedProgram = z.infer<typeof ObservedProgram>;

/** Sessions of one kind. */
export const SessionClass = z.strictObject({
  arrivals: Arrivals,
  program: z.union([Program, ObservedProgram]),
  priority: z.int().min(0).max(1_000).optional().describe('0 (default) goes first.'),
  deadlineSec: z.number().positive().max(1e9).optional().describe('An answer is worthless after.'),
  atDeadline: z
    .enum(['cancelled', 'continues'])
    .optional()
    .describe('Whether a session past its deadline is cancelled, or goes on (default).'),
});
export type SessionClass = z.infer<typeof SessionClass>;

const caps = { resources: 100, classes: 50, policies: 100, faults: 1_000, slos: 50 } as const;

function named<T extends z.ZodType>(schema: T, most: number) {
  return z
    .record(name, schema)
    .refine((entries) => Object.keys(entries).length <= most, `At most ${most} entries.`);
}

/** A system, the load on it, and what is asked of it. Equal scenario and seed give equal bytes. */
export const Scenario = z.strictObject({
  plimsoll: z.literal(1).describe('Version of the format.'),
  name: z.string().min(1).max(200),
  teaches: z.string().max(2_000).optional().describe('What there is to learn from it.'),
  horizonSec: z.number().positive().max(1e9).describe('Simulated time, in s.'),
  warmUp: z
    .union([z.enum(['auto', 'none']), z.strictObject({ sec: z.number().min(0).max(1e9) })])
    .optional()
    .describe('What is left out at the start: found by MSER-5 (default), nothing, or a time.'),
  replications: z.int().min(10).max(10_000).optional().describe('Independent runs; default 20.'),
  seed: z.int().min(0).max(0xffff_ffff).optional().describe('default 1'),
  maxEvents: z.int().min(1).max(1e10).optional().describe('Per replication; a stated stop.'),
  probeSec: z
    .array(z.number().min(0).max(1e9))
    .max(1_000)
    .optional()
    .describe('Times at which the state is noted.'),
  resources: named(Resource, caps.resources),
  breakers: named(Breaker, caps.policies).optional(),
  retryBudgets: named(RetryBudget, caps.policies).optional(),
  classes: named(SessionClass, caps.classes),
  faults: z.array(Fault).max(caps.faults).optional(),
  slos: z.array(Slo).max(caps.slos).optional(),
});
export type Scenario = z.infer<typeof Scenario>;

/** What a scenario that does not say is run with. */
export const scenarioDefaults = { replications: 20, seed: 1, maxEvents: 50_000_000 } as const;
