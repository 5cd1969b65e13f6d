import { z } from 'zod';

/** Wire form of `WorkloadBasis`. */
export const WorkloadBasis = z.object({
  sessions: z.int(),
  sessionsInStore: z.int(),
  imputedDurations: z.int(),
  databaseSpans: z.int(),
  heldWhileThinkingShare: z.number().nullable(),
});
