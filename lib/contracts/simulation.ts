import { z } from 'zod';
import { PoolStudy } from '@/simulations/pool-study';
import { SimulationRun } from '@/simulations/simulation-run';
import { ArrivalFit } from '../workload/arrival-fit';
import { WorkloadBasis } from './workload';

export const JobStatus = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']);
export type JobStatus = z.infer<typeof JobStatus>;

/** Asks for a run of the project's workload; what is left out is taken from the project. */
export const StartSimulation = z.strictObject({ scenario: PoolStudy });
export type StartSimulation = z.infer<typeof StartSimulation>;

export const SimulationState = z.object({
  runId: z.string(),
  projectId: z.string(),
  status: JobStatus,
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  progress: z.object({ replicationsDone: z.int(), replicationsTotal: z.int() }),
  isStale: z.boolean(), //                imports or engine have changed since
  run: SimulationRun.nullable(),
  error: z.string().nullable(),
});
export type SimulationState = z.infer<typeof SimulationState>;

export const SimulationList = z.object({ simulations: z.array(SimulationState) });
export type SimulationList = z.infer<typeof SimulationList>;

/** The workload as plain arrays, for the simulator in the browser. */
export const WorkloadResponse = z.object({
  firstOp: z.array(z.int()),
  op: z.array(z.int()),
  durationSec: z.array(z.number()),
  /** Tokens by operation, null where not known; left out where no model call has a count. */
  tokens: z
    .object({
      prompt: z.array(z.number().nullable()),
      cacheRead: z.array(z.number().nullable()),
      cacheWrite: z.array(z.number().nullable()),
      output: z.array(z.number().nullable()),
    })
    .optional(),
  basis: WorkloadBasis,
  /** How sessions arrived, from the start times of all in the store. */
  arrivals: ArrivalFit.optional(),
  /** Model calls with token counts by provider, the commonest first; null: not named. */
  providers: z.array(z.object({ name: z.string().nullable(), modelCalls: z.int() })).optional(),
  inputHash: z.string(),
});
export type WorkloadResponse = z.infer<typeof WorkloadResponse>;
