import type { Scenario } from '@/simulations/scenario';
import type { SimulationRun } from '@/simulations/simulation-run';
import type { WorkloadModel } from '../workload/workload-model';

/** What a replication worker is started with. */
export interface ReplicationWorkerInput {
  readonly workload: WorkloadModel;
  readonly scenario: Scenario;
}

/** What a replication worker sends. */
export type FromReplicationWorker =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly run: SimulationRun };
