import { z } from 'zod';

const day = z.iso.date();
const usdPerMtok = z.number().nonnegative().max(1_000_000);
const modelName = z.string().trim().min(1).max(200);
const note = z.string().trim().max(500);

/**
 * Prices of a project's own: a contract, a model of its own, or a correction of the book.
 *
 * Holds for calls of this model from `effectiveFrom` up to and not including `effectiveTo`. Of two
 * that apply, the one that begins later decides.
 */
export const PriceOverride = z.strictObject({
  overrideId: z.string(),
  providerName: modelName.nullable(), //   null: whoever serves it
  model: modelName, //                     as traces name it; a `*` at its end matches any ending
  effectiveFrom: day.nullable(), //        null: since ever
  effectiveTo: day.nullable(), //          null: until further notice
  /** Unit prices that replace those of the book; what is left out stays as the book has it. */
  usdPerMtok: z.strictObject({
    input: usdPerMtok.optional(),
    cacheRead: usdPerMtok.optional(),
    cacheWrite5m: usdPerMtok.optional(),
    cacheWrite1h: usdPerMtok.optional(),
    output: usdPerMtok.optional(),
    reasoning: usdPerMtok.optional(),
  }),
  /** Taken off every price that is not given above: 0.12 is twelve percent. */
  discountShare: z.number().min(0).max(1).nullable(),
  note,
  recordedOn: day,
});
export type PriceOverride = z.infer<typeof PriceOverride>;

/** Tells which model of the book a deployment, a resource name (ARN) or a private name stands for. */
export const ModelAlias = z.strictObject({
  aliasId: z.string(),
  name: modelName, //                      as traces name it, compared without regard to case
  providerName: modelName.nullable(), //   of the book; null: found by the model alone
  model: modelName, //                     a name that the book knows
  note,
});
export type ModelAlias = z.infer<typeof ModelAlias>;

/** Everything that decides a project's prices, as it is stored and handed to worker threads. */
export const PriceBookSources = z.object({
  overrides: z.array(PriceOverride).max(1_000),
  aliases: z.array(ModelAlias).max(5_000),
  /** Newer data in place of what the installed package holds; null: the package's own. */
  baseData: z
    .object({ name: z.string(), version: z.string(), date: day, providers: z.unknown() })
    .nullable(),
});
export type PriceBookSources = z.infer<typeof PriceBookSources>;

/** The price book as it is installed, without anything of a project's own. */
export const standardSources: PriceBookSources = { overrides: [], aliases: [], baseData: null };
