import { z } from 'zod';

/** Where a number of the price book comes from. The first layer that has it decides. */
export const PriceSource = z.object({
  layer: z.enum(['override', 'supplement', 'base']),
  book: z.string(), //             such as 'genai-prices 0.1.8'
  date: z.string(), //             day on which the number was read or published, YYYY-MM-DD
  rule: z.string(), //             what matched, such as `starts_with "claude-opus-4-5"`
  url: z.url().nullable(), //      the vendor's page, where the book names one
});
export type PriceSource = z.infer<typeof PriceSource>;

/** Price of one token, in whole pico-dollars, by size of the request's whole prompt. */
export const UnitPrice = z.object({
  basePicoUsd: z.number().nonnegative(),
  /** Ascending by `start`. A tier holds for every token of a request whose prompt is larger. */
  tiers: z.array(
    z.object({
      start: z.number().nonnegative(), //  tokens
      /** The tier begins at `start` itself (`>=`, xAI) and not above it (`>`, everyone else). */
      isInclusive: z.boolean(),
      picoUsd: z.number().nonnegative(),
    }),
  ),
  source: PriceSource,
});
export type UnitPrice = z.infer<typeof UnitPrice>;

/** Unit prices of one model at one moment; null where no layer has one, which is not free. */
export const UnitPrices = z.object({
  skuPriceId: z.string(), //       provider/model, start of validity and service tier
  providerId: z.string(), //       as the price book names it
  modelId: z.string(),
  serviceTier: z.string(), //      'standard', 'batch', 'flex', 'priority'
  validFrom: z.string().nullable(), // YYYY-MM-DD; null: always, as far as the book tells
  contextWindowTokens: z.number().nullable(),
  input: UnitPrice.nullable(),
  cacheRead: UnitPrice.nullable(),
  cacheWrite5m: UnitPrice.nullable(),
  cacheWrite1h: UnitPrice.nullable(),
  output: UnitPrice.nullable(),
  reasoning: UnitPrice.nullable(), // as output, unless the book parts it
});
export type UnitPrices = z.infer<typeof UnitPrices>;

/** The prices of {@link UnitPrices} that are charged by the token, in the order in which they are shown. */
export const pricedParts = [
  'input',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'output',
  'reasoning',
] as const satisfies readonly (keyof UnitPrices)[];
export type PricedPart = (typeof pricedParts)[number];

/** What is priced: the provider and model as a trace names them, and when and how the call was made. */
export interface UnitPriceQuery {
  readonly providerName: string | null;
  readonly model: string;
  readonly atMs: number | null; //            null: as of the day of the book
  readonly serviceTier?: string | null; //    null or absent: standard
}
