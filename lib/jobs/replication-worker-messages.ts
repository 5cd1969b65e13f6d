import type { ReplicationJob } from '@/simulations/engine/run-replication';
import type { ReplicationResult } from '@/simulations/measure/replication-result';
import type { PoolStudy } from '@/simulations/pool-study';
import type { WorkloadModel } from '../workload/workload-model';

/** What a replication worker is started with. */
export interface ReplicationWorkerInput {
  readonly workload: WorkloadModel;
  readonly scenario: PoolStudy;
}

/** What a replication worker is sent: one replication to run. */
export interface ToReplicationWorker {
  readonly index: number;
  readonly job: ReplicationJob;
}

/** What a replication worker answers. */
export interface FromReplicationWorker {
  readonly index: number;
  readonly result: ReplicationResult;
}
