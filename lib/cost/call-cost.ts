import { z } from 'zod';

/** Why a call has no list cost. Neither reason means that it was free. */
const UnpricedReason = z.enum(['unknown_model', 'usage_missing', 'no_unit_price']);

/** List cost of one call: whole pico-dollars, or the reason why there is none. */
export const CallCost = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('priced'),
    skuPriceId: z.string(), //            provider/model, start of validity and tier of the price used
    listCostPicoUsd: z.int(),
    inputCostPicoUsd: z.int(), //         the prompt's part of it
    /** Upper end where cache writes of unknown time to live were priced at five minutes. */
    listCostPicoUsdMax: z.int(),
  }),
  z.object({ kind: z.literal('unpriced'), reason: UnpricedReason }),
]);
export type CallCost = z.infer<typeof CallCost>;
