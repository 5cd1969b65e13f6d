import type { WorkloadModel } from '@/lib/workload/workload-model';
import { describeAnalytic, findAgentsAnalytic } from '../analytic/describe-analytic';
import type { ReplicationJob } from '../engine/run-replication';
import { engineVersion } from '../engine-version';
import { hashInput } from '../input-hash';
import type { ReplicationResult } from '../measure/replication-result';
import { summarizeReplications, tracePool } from '../measure/summarize-replications';
import { defaultWaitTargetP95Sec, type PoolStudy } from '../pool-study';
import type { LoadPoint, Saturation, SimulationRun } from '../simulation-run';
import {
  bracketSaturation,
  chooseNextLoad,
  describeRule,
  findAgentsAtUtilization95,
} from './find-saturation';
import { type LoadPlan, maxSearchLoads, planJobs, planLoads } from './plan-loads';

/**
 * A run as a dialogue: it asks for replications, is given their results, and ends with the run.
 *
 * Each batch is one load, so whoever drives it decides where the replications run and holds the
 * results of no more than one load at a time.
 */
export type RunPlan = Generator<
  readonly ReplicationJob[],
  SimulationRun,
  readonly ReplicationResult[]
>;

/** Plans a run: the asked load, the sweep around it, then the search for the saturation point. */
export function* planRun(workload: WorkloadModel, scenario: PoolStudy): RunPlan {
  const plan = planLoads(workload, scenario);
  const askedResults = yield planJobs(scenario, plan.asked, true);
  const asked = summarizeReplications(askedResults, scenario.pool.slots);
  const atLoad: LoadPoint = {
    ...asked.point,
    analytic: describeAnalytic(workload, scenario, plan.asked),
  };
  const queueLengthPath = tracePool(askedResults[0]);
  const points = [atLoad];
  for (const agents of plan.sweep) points.push(yield* simulateLoad(workload, scenario, agents));
  const saturation = yield* searchSaturation(workload, scenario, { plan, points });
  return {
    scenario,
    engineVersion,
    inputHash: hashInput(workload, scenario),
    atLoad,
    sweep: points,
    saturation,
    outcomes: asked.outcomes,
    queueLengthPath,
    warmUpSec: asked.warmUpSec,
    basis: {
      sessions: workload.basis.sessions,
      databaseSpans: workload.basis.databaseSpans,
      imputedDurations: workload.basis.imputedDurations,
      heldWhileThinkingShare: workload.basis.heldWhileThinkingShare,
    },
  };
}

function* simulateLoad(
  workload: WorkloadModel,
  scenario: PoolStudy,
  agents: number,
): Generator<readonly ReplicationJob[], LoadPoint, readonly ReplicationResult[]> {
  const results = yield planJobs(scenario, agents, false);
  return {
    ...summarizeReplications(results, scenario.pool.slots).point,
    analytic: describeAnalytic(workload, scenario, agents),
  };
}

/** Adds loads to `points`, which stay in ascending order, until the saturation point is bracketed. */
function* searchSaturation(
  workload: WorkloadModel,
  scenario: PoolStudy,
  { plan, points }: { readonly plan: LoadPlan; readonly points: LoadPoint[] },
): Generator<readonly ReplicationJob[], Saturation, readonly ReplicationResult[]> {
  const waitTargetP95Sec = scenario.waitTargetP95Sec ?? defaultWaitTargetP95Sec;
  const agentsAnalytic = findAgentsAnalytic(workload, scenario);
  const goal = { waitTargetP95Sec, searchUpTo: plan.searchUpTo };
  const byAgents = (a: LoadPoint, b: LoadPoint) => a.agents - b.agents;
  points.sort(byAgents);
  for (let i = 0; i < maxSearchLoads && agentsAnalytic !== null; i++) {
    const agents = chooseNextLoad(points, goal);
    if (agents === null) break;
    points.push(yield* simulateLoad(workload, scenario, agents));
    points.sort(byAgents);
  }
  const bracket = bracketSaturation(points, waitTargetP95Sec);
  const hasInterval = bracket.breaks !== null && bracket.holds > 0;
  return {
    agents: bracket.holds > 0 ? bracket.holds : null,
    interval95: hasInterval ? [bracket.holds, bracket.breaks ?? bracket.holds] : null,
    rule: describeRule(waitTargetP95Sec),
    agentsAtUtilization95: findAgentsAtUtilization95(points),
    agentsAnalytic,
    searchedUpTo: points.at(-1)?.agents ?? 0,
  };
}

/** Replications of a run at most; a search that ends early needs fewer. */
export function countReplications(workload: WorkloadModel, scenario: PoolStudy): number {
  const { sweep } = planLoads(workload, scenario);
  return scenario.replications * (1 + sweep.length + maxSearchLoads);
}
