import { parentPort, workerData } from 'node:worker_threads';
import { runReplication } from '@/simulations/engine/run-replication';
import type {
  FromReplicationWorker,
  ReplicationWorkerInput,
  ToReplicationWorker,
} from './replication-worker-messages';

const port = parentPort;
if (port !== null) {
  const { workload, scenario } = workerData as ReplicationWorkerInput;
  port.on('message', ({ index, job }: ToReplicationWorker) => {
    const result = runReplication(workload, scenario, job);
    port.postMessage({ index, result } satisfies FromReplicationWorker);
  });
}
