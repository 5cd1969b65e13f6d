import { z } from 'zod';
import { GrowthModel } from '../cost/growth-model';

/** How cost grows with history; null where no import is completed yet. */
export const CostGrowthResponse = z.object({
  model: GrowthModel.nullable(),
  inputHash: z.string(), //               of imports, price book and code version
});
export type CostGrowthResponse = z.infer<typeof CostGrowthResponse>;
