import type { WorkloadModel } from '@/lib/workload/workload-model';
import { findAskedAgents } from './analysis/plan-loads';
import { describeAnalytic, findAgentsAnalytic } from './analytic/describe-analytic';
import { runReplication } from './engine/run-replication';
import { summarizeReplications, tracePool } from './measure/summarize-replications';
import type { PoolStudy } from './pool-study';
import type { LoadPoint, SimulationRun } from './simulation-run';

const replications = 5;
const maxEvents = 40_000;

/** A first impression of one load: fewer replications and a shorter horizon than a run. */
export interface QuickLook {
  readonly atLoad: LoadPoint;
  readonly agentsAnalytic: number | null;
  readonly queueLengthPath: SimulationRun['queueLengthPath'];
  readonly warmUpSec: number;
}

/**
 * Simulates the asked load alone, in a tenth of a second or so, for use while a slider moves.
 *
 * @throws RangeError when no session of the workload takes any time
 */
export function quickLook(workload: WorkloadModel, scenario: PoolStudy): QuickLook {
  const agents = findAskedAgents(workload, scenario);
  const results = Array.from({ length: replications }, (_, replication) =>
    runReplication(workload, scenario, { agents, replication, maxEvents }),
  );
  const { point, warmUpSec } = summarizeReplications(results, scenario.pool.slots);
  return {
    atLoad: { ...point, analytic: describeAnalytic(workload, scenario, agents) },
    agentsAnalytic: findAgentsAnalytic(workload, scenario),
    queueLengthPath: tracePool(results[0]),
    warmUpSec,
  };
}
