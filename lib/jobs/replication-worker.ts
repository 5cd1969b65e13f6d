import { parentPort, workerData } from 'node:worker_threads';
import { runScenario } from '@/simulations/run-scenario';
import type { FromReplicationWorker, ReplicationWorkerInput } from './replication-worker-messages';

const progressEveryMs = 100;

const port = parentPort;
if (port !== null) {
  const { workload, scenario } = workerData as ReplicationWorkerInput;
  const send = (message: FromReplicationWorker) => port.postMessage(message);
  let sentMs = 0;
  const run = runScenario(workload, scenario, {
    onProgress(done, total) {
      if (performance.now() - sentMs < progressEveryMs) return;
      sentMs = performance.now();
      send({ type: 'progress', done, total });
    },
  });
  send({ type: 'done', run });
  port.close();
}
