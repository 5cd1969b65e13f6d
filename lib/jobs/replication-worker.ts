import { parentPort, workerData } from 'node:worker_threads';
import { type ReplicationJob, runReplication } from '@/simulations/engine/run-replication';
import type { ReplicationResult } from '@/simulations/measure/replication-result';
import type { FromJobThread, ToJobThread } from './job-threads';
import type { ReplicationWorkerInput } from './replication-worker-messages';

const port = parentPort;
if (port !== null) {
  const { workload, scenario } = workerData as ReplicationWorkerInput;
  port.on('message', ({ index, job }: ToJobThread<ReplicationJob>) => {
    const result = runReplication(workload, scenario, job);
    port.postMessage({ index, result } satisfies FromJobThread<ReplicationResult>);
  });
}
