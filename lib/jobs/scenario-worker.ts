import { parentPort, workerData } from 'node:worker_threads';
import type { ScenarioReplication } from '@/simulations/measure/scenario-replication';
import { playScenario } from '@/simulations/run-scenario';
import type { Scenario } from '@/simulations/scenario/scenario';
import type { FromJobThread, ToJobThread } from './job-threads';
import type { ScenarioThreadJob, ScenarioWorkerInput } from './scenario-threads';

/** The scenario that was played last: replications of one come one after the other. */
let kept: { readonly text: string; readonly scenario: Scenario } | null = null;

const port = parentPort;
if (port !== null) {
  const { workload } = workerData as ScenarioWorkerInput;
  port.on('message', ({ index, job }: ToJobThread<ScenarioThreadJob>) => {
    // A scenario was checked where it was read; the same text is lowered once.
    if (kept?.text !== job.scenarioJson) {
      kept = { text: job.scenarioJson, scenario: JSON.parse(job.scenarioJson) as Scenario };
    }
    const result = playScenario(kept.scenario, job.replication, workload);
    port.postMessage({ index, result } satisfies FromJobThread<ScenarioReplication>);
  });
}
