import type { PoolStudy } from '@/simulations/pool-study';
import type { WorkloadModel } from '../workload/workload-model';

/** What a replication worker is started with. */
export interface ReplicationWorkerInput {
  readonly workload: WorkloadModel;
  readonly scenario: PoolStudy;
}
