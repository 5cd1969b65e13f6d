import { z } from 'zod';
import { CostAnatomy } from '../cost/cost-anatomy';

/** What the cost of a project is made of; null where no import is completed yet. */
export const CostAnatomyResponse = z.object({
  anatomy: CostAnatomy.nullable(),
  inputHash: z.string(), //               of imports, prices and code version
});
export type CostAnatomyResponse = z.infer<typeof CostAnatomyResponse>;
