import type { WorkloadModel } from '@/lib/workload/workload-model';
import { measurePoolDemand } from '../analytic/describe-analytic';
import { throughputBoundPerSec } from '../analytic/operational-bounds';
import { compilePoolStudy } from '../compile/compile-pool-study';
import { pathBins, type ReplicationResult } from '../measure/replication-result';
import type { PoolStudy } from '../pool-study';
import { createKernel } from './create-kernel';
import { enterPrograms } from './enter-programs';
import { PoolPathRecorder } from './pool-path-recorder';
import { prepareSessionPrograms } from './session-programs';

/** One replication at one load. */
export interface ReplicationJob {
  /** Closed: agents. Open: offered concurrency, arrival rate × unloaded session duration. */
  readonly agents: number;
  readonly replication: number;
  /** Events that the horizon is planned to hold at most; the horizon shrinks to fit. */
  readonly maxEvents: number;
}

/** Events beyond the plan after which a replication is cut off where it stands. */
const eventReserve = 4;

/**
 * Horizon of a replication that stays within its event budget.
 *
 * Counts one event per operation and one per session, at the pace of the throughput bound.
 *
 * @returns seconds; the scenario's horizon where it fits in
 */
function planHorizonSec(workload: WorkloadModel, scenario: PoolStudy, job: ReplicationJob): number {
  const { opsMean } = prepareSessionPrograms(workload, scenario.thinkTimeFactor);
  const { cycleSec, heldSecPerSession } = measurePoolDemand(workload, scenario);
  const demand = { cycleSec, heldSec: scenario.load.kind === 'closed' ? heldSecPerSession : 0 };
  const sessionsPerSec = throughputBoundPerSec(job.agents, scenario.pool.slots, demand);
  return Math.min(scenario.horizonSec, job.maxEvents / (sessionsPerSec * (opsMean + 1)));
}

/**
 * Simulates one load once.
 *
 * A pure function of its arguments: the streams are keyed by seed, replication and purpose, so equal
 * arguments give equal bytes wherever and in whatever order replications run.
 */
export function runReplication(
  workload: WorkloadModel,
  scenario: PoolStudy,
  job: ReplicationJob,
): ReplicationResult {
  const horizonSec = planHorizonSec(workload, scenario, job);
  const { agents, replication } = job;
  const compiled = compilePoolStudy(workload, scenario);
  const kernel = createKernel(compiled.atLoad(agents), scenario.seed, replication);
  const eventLimit = Math.ceil(job.maxEvents * eventReserve) + agents;
  kernel.holdings.countsServed = true;
  enterPrograms(kernel, compiled, { study: scenario, agents, replication });
  kernel.arrivals.start();
  const recorder = new PoolPathRecorder(kernel, horizonSec);
  let endSec = 0;
  for (let bin = 0; bin < pathBins; bin++) {
    const binEndSec = (horizonSec * (bin + 1)) / pathBins;
    const reachedSec = kernel.advanceTo(binEndSec, eventLimit);
    endSec = reachedSec;
    if (reachedSec < binEndSec) break;
    recorder.closeBin();
  }
  return {
    agents,
    replication,
    simulatedSec: endSec,
    events: kernel.eventCount,
    ...recorder.finish(),
  };
}
