import { z } from 'zod';

/** What a check can say. Missing evidence is `unknown`, a crashed evaluator `error`; neither passes. */
export const CheckStatus = z.enum(['pass', 'warn', 'fail', 'unknown', 'error', 'not_applicable']);
export type CheckStatus = z.infer<typeof CheckStatus>;

/** How much a check weighs in a launch profile; only a blocker can keep a launch from going. */
export const Severity = z.enum(['blocker', 'major', 'minor']);
export type Severity = z.infer<typeof Severity>;

/** Who the launch is for; it decides which checks block. */
export const LaunchProfile = z.enum(['pilot', 'limited', 'external']);
export type LaunchProfile = z.infer<typeof LaunchProfile>;

/** The part of the system that a check is about. */
export const CheckArea = z.enum([
  'memory',
  'load',
  'pools',
  'herd',
  'identity',
  'blast_radius',
  'observability',
  'economics',
  'resumability',
  'operations',
]);
export type CheckArea = z.infer<typeof CheckArea>;

/** How a fact came to be known. */
export const FactBasis = z.enum([
  'measured',
  'simulated',
  'modelled',
  'declared',
  'attested',
  'none',
]);
export type FactBasis = z.infer<typeof FactBasis>;

/** Why a check has its status, for machines; the detail says it in words. */
export const ReasonCode = z.enum([
  'met',
  'near_threshold',
  'inconclusive', //         only the point estimate passes, not the unfavourable end of its interval
  'capped_by_sample', //     LOAD-01 is not met, so a pass from traces counts as warn
  'not_met',
  'no_evidence',
  'sample_too_small',
  'not_observable',
  'not_declared',
  'evaluator_failed',
  'does_not_apply',
]);
export type ReasonCode = z.infer<typeof ReasonCode>;

/** Result of one check. */
export const CheckResult = z.object({
  checkId: z.string(), //                'POOL-02'
  checkVersion: z.string(),
  area: CheckArea,
  title: z.string(), //                  what was found, in the words of the status
  question: z.string(),
  severity: Severity, //                 in the profile of the assessment
  isBlocking: z.boolean(), //            this result keeps the launch from going
  isCondition: z.boolean(),
  status: CheckStatus,
  reason: ReasonCode,
  basis: FactBasis,
  detail: z.string(), //                 one sentence with the number and the threshold
  observed: z
    .object({
      value: z.number(),
      unit: z.string(),
      sample: z.int().nullable(), //     observations behind the value
      interval95: z.tuple([z.number(), z.number()]).nullable(),
    })
    .nullable(),
  threshold: z.string(),
  evidence: z.array(z.object({ factId: z.string(), label: z.string(), value: z.string() })),
  remedy: z.string(),
  isTraceDerived: z.boolean(),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** Whether the launch may go: yes, with conditions that are known and accepted, or no. */
export const VerdictKind = z.enum(['go', 'conditional', 'no_go']);
export type VerdictKind = z.infer<typeof VerdictKind>;

/** Limits inside which a verdict holds. `null`: no evidence to state one. */
export const OperatingEnvelope = z.object({
  maxConcurrentAgents: z.int().nullable(),
  bindingConstraint: z.string().nullable(),
  maxCostPerSessionUsdP95: z.number().nullable(),
  validUntil: z.iso.date().nullable(), // the earliest age limit of the evidence used
  constraints: z.array(
    z.object({ name: z.string(), agents: z.number(), basis: FactBasis, isBinding: z.boolean() }),
  ),
});
export type OperatingEnvelope = z.infer<typeof OperatingEnvelope>;

/** All checks of one evaluation, its verdict and its envelope. */
export const Assessment = z.object({
  profile: LaunchProfile,
  assessedAt: z.iso.datetime(),
  checklistVersion: z.string(),
  verdict: VerdictKind,
  headline: z.string(), //               the page's finding, computed from the numbers
  results: z.array(CheckResult),
  blockingIds: z.array(z.string()),
  conditionIds: z.array(z.string()),
  envelope: OperatingEnvelope,
  coverage: z.object({ decided: z.int(), applicable: z.int(), inChecklist: z.int() }),
});
export type Assessment = z.infer<typeof Assessment>;
