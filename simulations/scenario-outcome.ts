import { z } from 'zod';
import { Scenario } from './scenario/scenario';
import { ClosedForm } from './scenario-twin';
import { Estimate } from './simulation-run';

const Counts = z.record(z.string(), Estimate);

/** A sample of times over all replications: means of per-replication values, with intervals. */
export const TimeOutcome = z.object({
  mean: Estimate, // s
  p50: Estimate,
  p95: Estimate,
  p99: Estimate,
});
export type TimeOutcome = z.infer<typeof TimeOutcome>;

/** What one resource did, after the warm-up. Rates are per second of simulated time. */
export const StationOutcome = z.object({
  name: z.string(),
  kind: z.string(),
  slots: z.number().nullable(), //          null: unlimited, or not counted in slots
  utilization: Estimate.nullable(), //      time-weighted share of slots in use; null: unlimited
  inUseMean: Estimate,
  inUseP99: Estimate,
  waitingMean: Estimate, //                 time-weighted queue length
  inSystemMean: Estimate, //                in use + waiting
  inSystemVariance: Estimate,
  waitSec: TimeOutcome,
  waitSecByClass: z.record(z.string(), TimeOutcome),
  waitedShare: Estimate, //                 requests that waited at all ÷ requests
  /** Waits that had not ended at the end ÷ all waits; they are in `waitSec` with their age. */
  pendingWaitShare: Estimate,
  requestsPerSec: Estimate,
  failedShare: Estimate, //                 requests that failed here ÷ requests
  failuresPerSecByCause: Counts,
  shareOfTimeAbove80: Estimate.nullable(),
  shareOfTimeAbove95: Estimate.nullable(),
  countersPerSec: Counts, //                what this kind of resource counts beside
  /** Set where the queue grows to the end: then no steady-state number stands behind the others. */
  overload: z
    .object({
      growthPerSec: Estimate, //            waiters per second
      /** From the growth: when the queue holds as many waiters as there are slots, from empty. */
      secondsToOneWaiterPerSlot: z.number().nullable(),
    })
    .nullable(),
});
export type StationOutcome = z.infer<typeof StationOutcome>;

/** Two states in which replications end: well, or with less than half of the sessions in time. */
const EndStates = z.object({
  collapsed: z.int(), //                    replications that end collapsed
  of: z.int(),
  interval95: z.tuple([z.number(), z.number()]), // of the probability of collapse, Wilson
  recoveredShare: z.number().nullable(), // of those that were down before: came back; null: of none
});
export type EndStates = z.infer<typeof EndStates>;

/** What the sessions of one class did, after the warm-up. */
export const ClassOutcome = z.object({
  name: z.string(),
  startedPerSec: Estimate,
  succeededPerSec: Estimate,
  goodputPerSec: Estimate, //               succeeded within their deadline
  failureShare: Estimate, //                failed or abandoned ÷ ended
  failuresPerSecByCause: Counts,
  responseSec: TimeOutcome, //              of sessions that succeeded
  turnSec: TimeOutcome,
  /** Turns that failed or were unfinished ÷ all turns; the quantiles leave them out. */
  turnsLeftOutShare: Estimate,
  inProgressMean: Estimate,
  inProgressVariance: Estimate,
  inProgressP99: Estimate,
  inProgressP999: Estimate,
  unfinishedAtHorizon: Estimate, //         sessions
  /** Sessions under way at the end ÷ these and the ended. No time of theirs is known. Left out of older runs. */
  unfinishedShare: Estimate.optional(),
  tokensPerSession: Estimate, //            spent ÷ succeeded
  costUsdPerSession: Estimate, //           spent ÷ succeeded; not observed where tokens have no price
  wastedTokenShare: Estimate,
  wastedUsdShare: Estimate,
  unpricedTokenShare: Estimate, //          of the tokens spent
  staleDecisionsPerSec: Estimate,
  /** Set where replications end in two states: then the means above describe neither. */
  endStates: EndStates.nullable(),
});
export type ClassOutcome = z.infer<typeof ClassOutcome>;

/** What the calls of one attempt block did, after the warm-up. */
export const BlockOutcome = z.object({
  name: z.string(),
  callsPerSec: Estimate,
  attemptsPerSec: Estimate,
  attemptsPerCall: Estimate,
  successShare: Estimate, //                calls
  exhaustedPerSec: Estimate,
  fellBackPerSec: Estimate,
  failuresPerSecByCause: Counts, //         attempts
  backingOffMean: Estimate, //              calls between two attempts, time-weighted: the orbit
  callSec: TimeOutcome,
  cancelledPerSec: Estimate, //             calls that ended with what they were part of
  breakerOpenings: Estimate.nullable(), //  per replication; null: no breaker guards the block
  breakerOpenMean: Estimate.nullable(), //  open breakers, time-weighted: of one, its share of time
});
export type BlockOutcome = z.infer<typeof BlockOutcome>;

/** What the times of an objective were observed of, where that is too little for its quantile. */
const Coverage = z.object({
  of: z.enum(['turns that ended', 'sessions that succeeded', 'waits that were over']),
  share: z.number(), //                     of all that began
});
export type Coverage = z.infer<typeof Coverage>;

/**
 * Whether an objective holds with 95 % confidence; `null`: the interval holds the limit, or more is
 * left out of the times than lies above the quantile.
 */
export const SloOutcome = z.object({
  text: z.string(),
  observed: Estimate,
  atMost: z.number(),
  holds: z.boolean().nullable(),
  coverage: Coverage.optional(), //         where it is too little
});
export type SloOutcome = z.infer<typeof SloOutcome>;

/** Output of a scenario. */
export const ScenarioOutcome = z.object({
  scenario: Scenario,
  engineVersion: z.string(),
  inputHash: z.string(),
  replications: z.int(),
  simulatedSec: z.number(), //              least of the replications
  warmUpSec: z.number(), //                 left out at the start
  /** Why a replication could not go on to the horizon; what was measured until then is there. */
  stopReason: z.string().nullable(),
  events: z.number(),
  classes: z.array(ClassOutcome),
  resources: z.array(StationOutcome),
  attempts: z.array(BlockOutcome),
  slos: z.array(SloOutcome),
  /** What closed forms say of the same scenario, held to the numbers above. Left out of older runs. */
  closedForm: ClosedForm.optional(),
  /** State at the asked times, sessions in progress by class and requests by resource. */
  probes: z.array(
    z.object({
      atSec: z.number(),
      classes: z.record(z.string(), Estimate),
      resources: z.record(z.string(), Estimate),
    }),
  ),
  /** Averages over the replications at the middle of equal parts of the simulated time. */
  paths: z.object({
    timeSec: z.array(z.number()),
    classes: z.record(z.string(), z.array(z.number())), // sessions in progress
    resources: z.record(
      z.string(),
      z.object({ inUse: z.array(z.number()), waiting: z.array(z.number()) }),
    ),
  }),
});
export type ScenarioOutcome = z.infer<typeof ScenarioOutcome>;
