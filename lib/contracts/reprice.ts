import { z } from 'zod';
import { JobStatus } from './simulation';

const count = z.int().nonnegative();

/** What re-pricing changes for the calls of one model, or of all. */
const RepriceChange = z.object({
  calls: count,
  changedCalls: count, //            of which any cost differs
  newlyPricedCalls: count,
  newlyUnpricedCalls: count,
  unpricedCalls: count, //           with usage and without a price in the present book
  unpricedTokens: z.number().nonnegative(),
  storedUsd: z.number().nullable(), //    list cost as it is stored; null: no call has a price
  presentUsd: z.number().nullable(), //   by the present book
  differenceUsd: z.number(), //      of the two, taken in whole pico-dollars; none counts as nothing
});
export type RepriceChange = z.infer<typeof RepriceChange>;

/** What re-pricing changes for one model. */
export const RepriceModel = RepriceChange.extend({
  providerName: z.string().nullable(),
  model: z.string().nullable(), //   the response model, or the request model without one
});
export type RepriceModel = z.infer<typeof RepriceModel>;

/** What the present prices would change, before they are applied. */
export const RepriceDiff = z.object({
  total: RepriceChange,
  models: z.array(RepriceModel), //  the largest difference first
});
export type RepriceDiff = z.infer<typeof RepriceDiff>;

/** Whether the calls of a project are stored with its present prices. */
export const RepriceState = z.object({
  sourcesHash: z.string(), //        of everything that decides the present prices
  isCurrent: z.boolean(), //         every stored call has them
  imports: count,
  staleImports: count,
  /** Null where every call is current, or while they are being priced again. */
  diff: RepriceDiff.nullable(),
  /** The last re-price; null where there was none. */
  job: z
    .object({
      status: JobStatus,
      callsDone: count,
      callsTotal: count.nullable(), // null: not counted yet
      error: z.string().nullable(),
    })
    .nullable(),
});
export type RepriceState = z.infer<typeof RepriceState>;
