import { z } from 'zod';
import { PoolStudy } from './pool-study';

/**
 * Mean over replications with its 95 % t-interval.
 *
 * `replications` counts those in which the quantity was observed: with 0 nothing was and the numbers
 * are placeholders of 0, with 1 the interval has no width because there is no spread to go by.
 */
export const Estimate = z.object({
  mean: z.number(),
  interval95: z.tuple([z.number(), z.number()]),
  replications: z.int(),
});
export type Estimate = z.infer<typeof Estimate>;

/** What one pool did, over all replications. Quantiles are means of per-replication quantiles. */
export const PoolOutcome = z.object({
  utilization: Estimate, //              time-weighted share of slots in use, 0–1
  slotsInUseP99: Estimate, //            time-weighted 99th percentile of slots in use
  waitSecMean: Estimate,
  waitSecP50: Estimate,
  waitSecP95: Estimate,
  waitSecP99: Estimate,
  waitingMean: Estimate, //              time-weighted queue length
  throughputPerSec: Estimate, //         acquisitions per second
  timeoutShare: Estimate, //             acquire attempts that timed out ÷ attempts
  shareOfTimeAbove95: Estimate, //       share of time with at least 95 % of slots in use
});
export type PoolOutcome = z.infer<typeof PoolOutcome>;

/** One load level of a sweep. */
export const LoadPoint = z.object({
  /** Closed: the loop's agents. Open: arrival rate × unloaded session duration, rounded. */
  agents: z.int(),
  pool: PoolOutcome,
  turnSecP50: Estimate,
  turnSecP95: Estimate,
  turnSecP99: Estimate,
  /**
   * Turns that the turn quantiles leave out because they failed or were unfinished at the end ÷ all
   * turns of the measured time. Left out of runs of engines before 1.1.
   */
  turnsLeftOutShare: Estimate.optional(),
  /**
   * Waits still pending at the end ÷ all waits of the measured time. A pending wait is in the wait
   * quantiles with its age, a lower bound. Left out of runs of engines before 1.1.
   */
  pendingWaitShare: Estimate.optional(),
  /**
   * Queue grows to the horizon, or most waits outlast it, so no steady-state number stands behind
   * this point.
   */
  isOverloaded: z.boolean(),
  /**
   * Simulated time per replication; shorter than the horizon where the event budget was smaller.
   * Longer turns than that are not in the turn quantiles.
   */
  simulatedSec: z.number().optional(),
  /** The closed form for the same load, without randomness of durations. */
  analytic: z.object({ utilization: z.number(), waitSecMean: z.number().nullable() }),
});
export type LoadPoint = z.infer<typeof LoadPoint>;

/** Pending waits that a P95 leaves room for: with more of them its rank falls among lower bounds. */
const maxPendingShare = 0.05;

/**
 * Whether the P95 wait of a load is a lower bound alone, because too many waits had not ended.
 *
 * By Little's law the share of pending waits is the mean wait ÷ the measured time, so this says that
 * waits are longer than the simulated time can show. A run that did not count them decides nothing.
 */
export function isWaitUndecided({
  pendingWaitShare,
}: Pick<LoadPoint, 'pendingWaitShare'>): boolean {
  return pendingWaitShare !== undefined && pendingWaitShare.interval95[1] > maxPendingShare;
}

/** Where the pool gives way, and by which rule. */
export const Saturation = z.object({
  /** Largest load at which P95 wait stays within target with 95 % confidence; null: none does. */
  agents: z.int().nullable(),
  /** Loads whose P95 wait cannot be told from the target with these replications. */
  interval95: z.tuple([z.number(), z.number()]).nullable(),
  rule: z.string(),
  /** Agents at which mean utilisation reaches 95 %; null: not reached in the searched range. */
  agentsAtUtilization95: z.number().nullable(),
  /** From operational bounds: slots × (cycle time) ÷ (time a slot is held per cycle). */
  agentsAnalytic: z.number().nullable(),
  searchedUpTo: z.int(),
});
export type Saturation = z.infer<typeof Saturation>;

/** Sessions of a run by how they ended; they add up to `started`. */
export const SessionOutcomes = z.object({
  started: z.int(),
  completed: z.int(),
  failedAcquireTimeout: z.int(),
  unfinishedAtHorizon: z.int(),
});
export type SessionOutcomes = z.infer<typeof SessionOutcomes>;

/** Output of a scenario: the asked load, a sweep around it, and the saturation point. */
export const SimulationRun = z.object({
  scenario: PoolStudy,
  engineVersion: z.string(),
  inputHash: z.string(), //              of workload and scenario
  atLoad: LoadPoint,
  sweep: z.array(LoadPoint),
  saturation: Saturation,
  outcomes: SessionOutcomes,
  /** Waiting agents over time at the asked load, first replication, step-wise. */
  queueLengthPath: z.array(
    z.object({ timeSec: z.number(), waiting: z.int(), slotsInUse: z.int() }),
  ),
  warmUpSec: z.number(), //              cut off before steady-state numbers (MSER-5)
  basis: z.object({
    sessions: z.int(),
    databaseSpans: z.int(),
    imputedDurations: z.int(),
    heldWhileThinkingShare: z.number().nullable(),
  }),
});
export type SimulationRun = z.infer<typeof SimulationRun>;
