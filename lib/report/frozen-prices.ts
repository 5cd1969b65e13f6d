import { z } from 'zod';
import { PriceBookIdentity } from '../cost/price-book';
import { UnitPrices } from '../cost/unit-prices';

/** Prices of one model over a time in which they did not change. */
export const FrozenPrice = z.object({
  providerName: z.string().nullable(), // as the traces name it
  model: z.string().nullable(),
  serviceTier: z.string().nullable(),
  calls: z.int(),
  tokens: z.number(), //                  prompt, output and reasoning
  firstCallAt: z.iso.datetime().nullable(),
  lastCallAt: z.iso.datetime().nullable(),
  /** Every unit price with its layer, book, date and rule; null: there was none. */
  prices: UnitPrices.nullable(),
});
export type FrozenPrice = z.infer<typeof FrozenPrice>;

/** The unit prices that the costs of a report were worked out with, or those of the book without them. */
export const FrozenPrices = z.object({
  book: PriceBookIdentity,
  /** The calls are stored with the costs that these prices give; else these are the book's own then. */
  isCurrent: z.boolean(),
  models: z.array(FrozenPrice), //        the most calls first
  modelsTotal: z.int(), //                more than are listed where traces name very many
});
export type FrozenPrices = z.infer<typeof FrozenPrices>;
