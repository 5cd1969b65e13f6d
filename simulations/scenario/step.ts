import { z } from 'zod';
import { Law } from './law';
import { Retry } from './policy';

const name = z.string().min(1).max(80);

/** Steps that contain no others. */
const SimpleStep = z.union([
  z.strictObject({ think: Law.describe('Pause of a person, in s.') }),
  z.strictObject({ delay: Law.describe('Work that uses no described resource, in s.') }),
  z.strictObject({
    use: name.describe('Resource to take, use and give back; used as it is where it is held.'),
    forSec: Law.describe('Service time, in s.'),
    key: Law.optional().describe('Row of a store, a whole number.'),
    hold: z
      .enum(['use', 'turn', 'session'])
      .optional()
      .describe('Given back after the use (default), the turn or the session.'),
  }),
  z.strictObject({
    acquire: name,
    units: z.int().min(1).max(1e6).optional().describe('Slots taken at once; default 1.'),
  }),
  z.strictObject({ release: name }),
  z.strictObject({
    model: name.describe('Provider that is called.'),
    promptTokens: Law,
    cachedTokens: Law.optional().describe('Part of the prompt that is read from cache; default 0.'),
    cacheWriteTokens: Law.optional().describe('Part of the prompt that is written to cache.'),
    outputTokens: Law,
    maxTokens: z.int().min(1).max(10_000_000).optional().describe('Output that is asked for.'),
    durationSec: Law.optional().describe('Instead of the latency of the provider, in s.'),
  }),
  z.strictObject({
    publish: name.describe('Queue that takes a message.'),
    wait: z.boolean().optional().describe('Go on only when the message was worked; default false.'),
  }),
  z.strictObject({ read: name, key: Law.optional() }).describe('Read a row and note its version.'),
  z
    .strictObject({ write: name, key: Law.optional(), ifUnchanged: z.boolean().optional() })
    .describe('Write a row; with ifUnchanged only if it still has the version that was read.'),
  z
    .strictObject({ verify: name })
    .describe('Fail with conflict where the last write did not hold.'),
  z.strictObject({ checkpoint: z.literal(true) }).describe('A crashed session resumes here.'),
  z.strictObject({
    fail: name.describe('Cause.'),
    probability: z.number().min(0).max(1).optional().describe('default 1'),
  }),
  z.strictObject({ end: z.enum(['success', 'failure', 'abandoned']) }),
  z.strictObject({ label: name }),
  z.strictObject({ goTo: name.describe('Label in the same list of steps.') }),
]);
type SimpleStep = z.infer<typeof SimpleStep>;

/** Weighted alternatives; a `goTo` leads to a label of the list that holds the choice. */
export interface Choice {
  readonly weight: number;
  readonly steps: readonly Step[];
}

/** One operation of a session program. */
export type Step =
  | SimpleStep
  | { readonly turn: readonly Step[] }
  | { readonly choose: readonly Choice[] }
  | { readonly repeat: Law; readonly steps: readonly Step[] }
  | {
      readonly parallel: readonly (readonly Step[])[];
      readonly count?: Law | undefined;
      readonly join?: 'all' | 'first' | number | undefined;
      readonly cancelRest?: boolean | undefined;
    }
  | {
      readonly attempt: string;
      readonly steps: readonly Step[];
      readonly timeoutSec?: Law | undefined;
      readonly afterTimeout?: 'cancelled' | 'continues' | undefined;
      readonly retry?: Retry | undefined;
      readonly breaker?: string | undefined;
      readonly fallback?: readonly Step[] | undefined;
    }
  | {
      readonly get: string;
      readonly key?: Law | undefined;
      readonly miss: readonly Step[];
    };

/** Steps nest at most this deep. */
const maxStepDepth = 16;

const Steps: z.ZodType<readonly Step[]> = z.lazy(() => z.array(Step).max(2_000));

/** Every form of a step. The first key of a form names it, and is the first key of no other. */
export const stepForms = [
  ...SimpleStep.options,
  z.strictObject({ turn: Steps }).describe('A user turn: its time is measured.'),
  z.strictObject({
    choose: z
      .array(z.strictObject({ weight: z.number().min(0).max(1e9), steps: Steps }))
      .min(1)
      .max(100),
  }),
  z.strictObject({ repeat: Law.describe('How often, a whole number.'), steps: Steps }),
  z.strictObject({
    parallel: z.array(Steps).min(1).max(1_000),
    count: Law.optional().describe('Copies of each branch, a whole number; default 1.'),
    join: z
      .union([z.enum(['all', 'first']), z.int().min(1).max(10_000)])
      .optional()
      .describe('Branches to wait for; default all.'),
    cancelRest: z
      .boolean()
      .optional()
      .describe('Whether branches that nobody waits for are cancelled; default true.'),
  }),
  z.strictObject({
    attempt: name.describe('Name under which calls, attempts and failures are counted.'),
    steps: Steps,
    timeoutSec: Law.optional().describe('Given up after this time, in s.'),
    afterTimeout: z
      .enum(['cancelled', 'continues'])
      .optional()
      .describe('Whether work that was given up ends (default) or goes on unheard.'),
    retry: Retry.optional(),
    breaker: name.optional().describe('Name of a circuit breaker that guards the attempts.'),
    fallback: Steps.optional().describe('Done instead when all attempts have failed.'),
  }),
  z.strictObject({
    get: name.describe('Cache that is asked.'),
    key: Law.optional().describe('Entry, a whole number; default 0.'),
    miss: Steps.describe('How the entry is fetched.'),
  }),
] as const;

const formByName = new Map<string, z.ZodType<Step>>(
  stepForms.map((form) => [Object.keys(form.shape)[0], form]),
);

/** Names of the forms of a step: `think`, `use`, `attempt` … */
export const stepNames: readonly string[] = [...formByName.keys()];

let depth = 0;

/**
 * One operation of a session program, as a person writes it.
 *
 * The form is chosen by its name. A union would try every form, and since several of them hold
 * steps, the time would double with each level.
 */
export const Step: z.ZodType<Step> = z.unknown().transform((value, context): Step => {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  const names = isMapping ? Object.keys(value).filter((key) => formByName.has(key)) : [];
  const form = names.length === 1 ? formByName.get(names[0]) : undefined;
  if (form === undefined || depth === maxStepDepth) {
    const message =
      form === undefined
        ? describeFormless(value, names)
        : `Steps nest ${maxStepDepth} deep at most.`;
    context.issues.push({ code: 'custom', message, input: value });
    return z.NEVER;
  }
  depth += 1;
  try {
    const { data, error } = form.safeParse(value);
    if (error === undefined) return data;
    context.issues.push(...(error.issues as z.core.$ZodRawIssue[]));
    return z.NEVER;
  } finally {
    depth -= 1;
  }
});

function describeFormless(value: unknown, names: readonly string[]): string {
  if (names.length > 1) return `A step is one of ${names.join(', ')}, not several at once.`;
  const what =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? `The keys ${Object.keys(value).slice(0, 5).join(', ') || '(none)'} name no step`
      : 'A step is a mapping';
  return `${what}: expected one of ${stepNames.join(', ')}.`;
}

/** The steps of a program. */
export const Program = Steps;
export type Program = readonly Step[];
