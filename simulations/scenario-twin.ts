import { z } from 'zod';

/** What a closed form takes for granted and a scenario may break; the heaviest first. */
export const assumptionCodes = [
  'faults',
  'not_stationary',
  'retries_feed_back',
  'held_while_waiting',
  'slowdown_with_load',
  'timeouts',
  'refusals_end_sessions',
  'capacity_changes',
  'admission_rules',
  'breakers',
  'arrivals_fork',
  'arrivals_not_poisson',
  'service_not_exponential',
  'service_differs_by_class',
  'patience_not_exponential',
  'approximate_method',
] as const;

/** One assumption of a closed form that does not hold, in a sentence for a person. */
export const BrokenAssumption = z.object({ code: z.enum(assumptionCodes), text: z.string() });
export type BrokenAssumption = z.infer<typeof BrokenAssumption>;

/** Closed form of one resource. `null` is "not known", never zero. */
export const ResourceTwin = z.object({
  name: z.string(),
  kind: z.string(),
  slots: z.number().nullable(), //               null: unlimited, or not counted in slots
  /** Formula by its name; null where there is none, and `reason` says why. */
  method: z.string().nullable(),
  reason: z.string().nullable(),
  requestsPerSec: z.number().nullable(), //      offered, before any is refused
  serviceTimeSec: z.number().nullable(), //      mean time a slot is taken by one request
  serviceTimeScv: z.number().nullable(), //      squared coefficient of variation
  offeredLoadErlangs: z.number().nullable(),
  inUseMean: z.number().nullable(),
  utilization: z.number().nullable(), //         share of slots in use; null: unlimited
  waitSecMean: z.number().nullable(), //         over the requests that are let in
  waitSecP95: z.number().nullable(),
  waitSecMeanByClass: z.record(z.string(), z.number().nullable()).nullable(), // by priority
  refusedShare: z.number().nullable(), //        requests refused or timed out ÷ requests
  waitingMean: z.number().nullable(),
  missShare: z.number().nullable(), //           of reads of a cache
  /** Set where more is asked than can be served: the queue grows without end. */
  overload: z
    .object({ growthPerSec: z.number(), secondsToOneWaiterPerSlot: z.number() })
    .nullable(),
  brokenAssumptions: z.array(BrokenAssumption), // the heaviest first
});
export type ResourceTwin = z.infer<typeof ResourceTwin>;

/** Closed form of one class. */
export const ClassTwin = z.object({
  name: z.string(),
  kind: z.enum(['open', 'closed']),
  startedPerSec: z.number().nullable(),
  /** Most sessions a second that the resources allow, by operational bounds; null: no limit known. */
  throughputBoundPerSec: z.number().nullable(),
  bottleneck: z.string().nullable(), //          resource that sets the bound
  kneeAgents: z.number().nullable(), //          closed: agents at which pace and resources limit alike
  unloadedSec: z.number().nullable(), //         mean session with nobody in its way
  responseSecMean: z.number().nullable(),
  reason: z.string().nullable(), //              why the response time is not known
});
export type ClassTwin = z.infer<typeof ClassTwin>;

/** What closed forms say of a scenario, without simulating it. */
export const ScenarioTwin = z.object({
  resources: z.array(ResourceTwin),
  classes: z.array(ClassTwin),
});
export type ScenarioTwin = z.infer<typeof ScenarioTwin>;

/** One quantity by closed form and by simulation. */
export const TwinComparison = z.object({
  kind: z.enum(['resource', 'class']),
  name: z.string(),
  quantity: z.enum([
    'utilization',
    'inUseMean',
    'waitSecMean',
    'waitSecP95',
    'waitingMean',
    'refusedShare',
    'overload',
    'responseSecMean',
    'startedPerSec',
  ]),
  closedForm: z.number(),
  interval95: z.tuple([z.number(), z.number()]),
  agrees: z.boolean(),
  /** Likely cause of a difference: the heaviest broken assumption; null: none is known. */
  cause: z.enum(assumptionCodes).nullable(),
  sentence: z.string().nullable(), //            set where they disagree
});
export type TwinComparison = z.infer<typeof TwinComparison>;

/** The closed form of a scenario beside what was simulated. */
export const ClosedForm = z.object({
  twin: ScenarioTwin,
  comparisons: z.array(TwinComparison),
});
export type ClosedForm = z.infer<typeof ClosedForm>;
