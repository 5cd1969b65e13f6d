import { z } from 'zod';
import { Assessment } from '../readiness/assessment';

/** The assessment as of now, from the stored evidence. */
export const ReadinessResponse = z.object({
  assessment: Assessment,
  simulationRunId: z.string().nullable(),
  isSimulationStale: z.boolean(),
});
export type ReadinessResponse = z.infer<typeof ReadinessResponse>;
