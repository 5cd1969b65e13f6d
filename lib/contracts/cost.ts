import { z } from 'zod';
import { CostModel } from '../cost/cost-model';

/** Cost of a project; null where no import is completed yet. */
export const CostResponse = z.object({
  model: CostModel.nullable(),
  /** List cost if every cache write of unknown time to live was one of an hour; null: none priced. */
  listCostUsdMax: z.number().nullable(),
  inputHash: z.string(), //               of imports, price book and code version
  /** The input was sampled down to this many sessions for the models; totals are exact. */
  modelledSessions: z.int(),
});
export type CostResponse = z.infer<typeof CostResponse>;
