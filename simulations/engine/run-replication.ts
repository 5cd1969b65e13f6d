import type { WorkloadModel } from '@/lib/workload/workload-model';
import { pathBins, type ReplicationResult } from '../measure/replication-result';
import type { Scenario } from '../scenario';
import { PathRecorder } from './path-recorder';
import { SessionEngine } from './session-engine';
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
 * @returns seconds; the scenario's horizon where about one event per operation and agent fits in
 */
export function planHorizonSec(workload: WorkloadModel, scenario: Scenario, job: ReplicationJob) {
  const programs = prepareSessionPrograms(workload, scenario.thinkTimeFactor);
  const restSec = scenario.load.kind === 'closed' ? scenario.load.restSecMean : 0;
  const cycleSec = programs.sessionSecMean + restSec;
  const eventsPerSec = (job.agents * (programs.opsMean + 1)) / cycleSec;
  return Math.min(scenario.horizonSec, job.maxEvents / eventsPerSec);
}

/**
 * Simulates one load once.
 *
 * A pure function of its arguments: the streams are keyed by seed, replication and purpose, so equal
 * arguments give equal bytes wherever and in whatever order replications run.
 */
export function runReplication(
  workload: WorkloadModel,
  scenario: Scenario,
  job: ReplicationJob,
): ReplicationResult {
  const horizonSec = planHorizonSec(workload, scenario, job);
  const engine = new SessionEngine(workload, scenario, job);
  const paths = new PathRecorder(engine.pool, scenario.pool.slots, horizonSec);
  const eventLimit = Math.ceil(job.maxEvents * eventReserve) + job.agents;
  engine.start();
  let endSec = 0;
  for (let bin = 0; bin < pathBins; bin++) {
    const binEndSec = (horizonSec * (bin + 1)) / pathBins;
    const reachedSec = engine.advanceTo(binEndSec, eventLimit);
    endSec = reachedSec;
    if (reachedSec < binEndSec) break;
    paths.closeBin(binEndSec);
  }
  return {
    agents: job.agents,
    replication: job.replication,
    simulatedSec: endSec,
    events: engine.events,
    ...paths.finish(endSec),
    ...engine.settle(endSec),
  };
}
