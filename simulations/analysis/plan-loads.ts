import type { WorkloadModel } from '@/lib/workload/workload-model';
import { findAgentsAnalytic } from '../analytic/describe-analytic';
import type { ReplicationJob } from '../engine/run-replication';
import { prepareSessionPrograms } from '../engine/session-programs';
import type { PoolStudy } from '../pool-study';

const sweepLoads = 12;
const maxAgents = 1_000_000;

/** Loads that a search for the saturation point may add to the sweep. */
export const maxSearchLoads = 14;

/** Events of a whole run; what it takes is a matter of seconds on one core. */
const eventBudget = 48_000_000;

/** Shares of the budget that the asked load gets, because its numbers are the ones shown. */
const askedShare = 4;

const minEventsPerReplication = 20_000;

/** The loads of a run that are known before anything is simulated. */
export interface LoadPlan {
  /** Closed: agents. Open: offered concurrency, arrival rate × unloaded session duration. */
  readonly asked: number;
  /** Whole loads in ascending order, evenly spaced by ratio, without the asked one. */
  readonly sweep: readonly number[];
  /** No load above this is looked at in the search for the saturation point. */
  readonly searchUpTo: number;
}

/** Offered concurrency of a scenario's own load; a whole number in a closed loop. */
export function findAskedAgents(workload: WorkloadModel, scenario: PoolStudy): number {
  if (scenario.load.kind === 'closed') return scenario.load.agents;
  const programs = prepareSessionPrograms(workload, scenario.thinkTimeFactor);
  return scenario.load.arrivalRatePerSec * programs.sessionSecMean;
}

/** Places the loads of a sweep around the asked load and the analytic knee. */
export function planLoads(workload: WorkloadModel, scenario: PoolStudy): LoadPlan {
  const asked = findAskedAgents(workload, scenario);
  const knee = findAgentsAnalytic(workload, scenario) ?? asked;
  const low = Math.max(1, Math.min(asked, knee) / 8);
  const high = Math.min(maxAgents, Math.max(asked, knee, 1) * 2);
  const sweep = new Set<number>();
  for (let i = 0; i < sweepLoads; i++) {
    sweep.add(Math.round(low * (high / low) ** (i / (sweepLoads - 1))));
  }
  sweep.delete(Math.max(1, Math.round(asked)));
  return {
    asked,
    sweep: [...sweep].sort((a, b) => a - b),
    searchUpTo: Math.ceil(Math.min(maxAgents, Math.max(16 * knee, 4 * asked, 2))),
  };
}

/** Jobs of one load: one per replication, each with its part of the event budget. */
export function planJobs(scenario: PoolStudy, agents: number, isAsked: boolean): ReplicationJob[] {
  const shares = askedShare + sweepLoads + maxSearchLoads;
  const perReplication = eventBudget / shares / scenario.replications;
  const maxEvents =
    Math.max(minEventsPerReplication, Math.floor(perReplication)) * (isAsked ? askedShare : 1);
  return Array.from({ length: scenario.replications }, (_, replication) => ({
    agents,
    replication,
    maxEvents,
  }));
}
