import { z } from 'zod';
import { PriceBookIdentity } from '../cost/price-book';
import { ModelAlias, PriceOverride } from '../cost/price-override';
import { PriceSource, pricedParts, UnitPrices } from '../cost/unit-prices';

const name = z.string().trim().min(1).max(200);
const count = z.int().nonnegative();
const pageNumber = z.coerce.number().int().min(1).max(10_000).default(1);

/** Models on one page of a list of prices. */
export const pricesPerPage = 100;

/** One layer of a price book; an earlier one in the list decides before a later one. */
export const PriceLayer = z.object({
  layer: PriceSource.shape.layer,
  book: z.string(),
  date: z.string(), //            YYYY-MM-DD
  entries: count, //              models of a base, rules of a supplement, overrides of a project
  url: z.url().nullable(),
  sha256: z.string().nullable(), //  of data that was brought in; null: installed, or of a project
});
export type PriceLayer = z.infer<typeof PriceLayer>;

/** Which part of the price book is looked at. */
export const PriceQuery = z.object({
  provider: z.string().max(200).optional(), // id of the book
  q: z.string().max(200).optional(), //        part of a model's name, without regard to case
  page: pageNumber,
});
export type PriceQuery = z.infer<typeof PriceQuery>;

/** The price book without anything of a project: standard-tier prices as of today. */
export const PriceBookPage = z.object({
  identity: PriceBookIdentity,
  layers: z.array(PriceLayer),
  /** Newer base data is in use in place of what is installed. */
  isBaseReplaced: z.boolean(),
  asOf: z.iso.date(),
  providers: z.array(z.object({ providerId: z.string(), models: count })),
  models: z.array(UnitPrices),
  modelsTotal: count, //          that the query finds, on all pages
  page: z.int(),
  pages: z.int(),
});
export type PriceBookPage = z.infer<typeof PriceBookPage>;

/** Why calls of a model have no price. */
const UnpricedModelReason = z.enum([
  'unnamed', //         the trace names no model
  'opaque_name', //     a resource name (ARN), which does not tell its model: it needs an alias
  'self_hosted', //     a runtime on the user's own machines bills nothing per token
  'unknown_model', //   in no layer of the book
  'no_unit_price', //   the book knows the model and lacks a price for tokens that the calls used
]);
export type UnpricedModelReason = z.infer<typeof UnpricedModelReason>;

/** What a model of a project's traces resolves to, as of its newest call. */
const ModelResolution = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('priced'),
    prices: UnitPrices, //        with the rule, layer and date of every number
    /** The tier the calls name has no price in the book; these are standard prices. */
    isTierFallback: z.boolean(),
    alias: ModelAlias.nullable(), // through which the model was found
  }),
  z.object({
    kind: z.literal('unpriced'),
    reason: UnpricedModelReason,
    prices: UnitPrices.nullable(), // what there is, for 'no_unit_price'
    alias: ModelAlias.nullable(),
  }),
]);
export type ModelResolution = z.infer<typeof ModelResolution>;

/** A model as a project's traces name it, and what the book makes of it. */
export const SeenModel = z.object({
  providerName: z.string().nullable(),
  model: z.string().nullable(), //       the response model, or the request model without one
  requestModel: z.string().nullable(), // priced where the book does not know the response model
  serviceTier: z.string().nullable(), // as the trace names it
  calls: count,
  tokens: z.number().nonnegative(), //   prompt, output and reasoning
  usageMissingCalls: count,
  unpricedCalls: count, //               with usage; some of a priced model's may use what has no price
  unpricedTokens: z.number().nonnegative(),
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  resolution: ModelResolution,
});
export type SeenModel = z.infer<typeof SeenModel>;

/** Prices of one project: its own overrides and aliases, and every model that its traces name. */
export const ProjectPrices = z.object({
  identity: PriceBookIdentity,
  layers: z.array(PriceLayer),
  sourcesHash: z.string(), //       of everything that decides the prices; as in Import.pricedWith
  overrides: z.array(PriceOverride),
  aliases: z.array(ModelAlias),
  seenModels: z.array(SeenModel), // the most calls first
  seenModelsTotal: count, //         more than are listed where a project names very many
  pricedCalls: count,
  unpricedCalls: count, //           with usage and without a price, by the book as it is now
  unpricedTokens: z.number().nonnegative(),
});
export type ProjectPrices = z.infer<typeof ProjectPrices>;

/** A price of a project's own, to be added or put in the place of one. */
export const WritePriceOverride = PriceOverride.omit({ overrideId: true, recordedOn: true })
  .extend({
    providerName: PriceOverride.shape.providerName.default(null),
    effectiveFrom: PriceOverride.shape.effectiveFrom.default(null),
    effectiveTo: PriceOverride.shape.effectiveTo.default(null),
    usdPerMtok: PriceOverride.shape.usdPerMtok.default({}),
    discountShare: PriceOverride.shape.discountShare.default(null),
    note: PriceOverride.shape.note.default(''),
  })
  .refine(
    ({ effectiveFrom, effectiveTo }) =>
      effectiveFrom === null || effectiveTo === null || effectiveFrom < effectiveTo,
    { path: ['effectiveTo'], message: 'Has to be after the day from which the price holds.' },
  )
  .refine(
    ({ usdPerMtok, discountShare }) => discountShare !== null || Object.keys(usdPerMtok).length > 0,
    { path: ['usdPerMtok'], message: 'Give at least one price, or a discount.' },
  );
export type WritePriceOverride = z.input<typeof WritePriceOverride>;

/** An alias to be added or put in the place of one. */
export const WriteModelAlias = ModelAlias.omit({ aliasId: true }).extend({
  providerName: ModelAlias.shape.providerName.default(null),
  note: ModelAlias.shape.note.default(''),
});
export type WriteModelAlias = z.input<typeof WriteModelAlias>;

/** What a project's own prices are after a change. */
export const ProjectPriceSources = z.object({
  overrides: z.array(PriceOverride),
  aliases: z.array(ModelAlias),
  sourcesHash: z.string(),
});
export type ProjectPriceSources = z.infer<typeof ProjectPriceSources>;

/** Standard-tier prices of every model a policy may name, as of today, with the project's own. */
export const PriceCatalogue = z.object({
  identity: PriceBookIdentity,
  asOf: z.iso.date(),
  models: z.array(UnitPrices),
});
export type PriceCatalogue = z.infer<typeof PriceCatalogue>;

/** A price book that is compared. */
const ComparedBook = z.object({
  name: z.string(),
  version: z.string(),
  date: z.string(),
  models: count,
  isInUse: z.boolean(),
});
export type ComparedBook = z.infer<typeof ComparedBook>;

/** One price of one model in several books, in whole pico-dollars per token. */
const ComparedPrice = z.object({
  part: z.enum(pricedParts),
  values: z.array(z.object({ book: z.string(), picoUsd: z.number().nonnegative() })),
  lowPicoUsd: z.number().nonnegative(),
  highPicoUsd: z.number().nonnegative(),
  ratio: z.number().nullable(), //   highest by lowest, 1 or more; null: the lowest is 0, not the highest
  isAgreed: z.boolean(), //          within 0.1 %, the precision of rounded list prices
});
export type ComparedPrice = z.infer<typeof ComparedPrice>;

/** One model in two or more books; its low and high prices are the band of what it may cost. */
const ComparedModel = z.object({
  providerId: z.string(), //         as the book in use names it
  model: z.string(),
  prices: z.array(ComparedPrice), // that two or more books have
  isAgreed: z.boolean(),
});
export type ComparedModel = z.infer<typeof ComparedModel>;

/** Which part of a comparison is looked at. */
export const ComparisonQuery = z.object({
  q: z.string().max(200).optional(),
  only: z.enum(['all', 'disagreed']).default('disagreed'),
  page: pageNumber,
});
export type ComparisonQuery = z.infer<typeof ComparisonQuery>;

/** Where price books disagree; with fewer than two books there are no models. */
export const PriceComparison = z.object({
  books: z.array(ComparedBook), //     the one in use first
  modelsCompared: count, //            in two or more books
  modelsDisagreed: count,
  pricesDisagreed: count, //           single prices of those models
  models: z.array(ComparedModel), //   the farthest apart first
  modelsTotal: count, //               that the query finds, on all pages
  page: z.int(),
  pages: z.int(),
});
export type PriceComparison = z.infer<typeof PriceComparison>;

/** Files that are compared with the books that are kept, and not kept themselves. */
export const CompareFiles = z.strictObject({
  files: z
    .array(z.strictObject({ name, text: z.string() }))
    .min(1)
    .max(10),
});
export type CompareFiles = z.infer<typeof CompareFiles>;

/** A model as a trace would name it. */
export const PriceLookupQuery = z.object({
  model: z.string().trim().min(1).max(200),
  provider: z.string().trim().max(200).optional(), // as a trace would name it
  tier: z.string().trim().max(100).optional(), //     likewise; standard unless given
  at: z.iso.date().optional(), //                     as of today unless given
  projectId: z.string().max(100).optional(), //       with a project's own prices
});
export type PriceLookupQuery = z.infer<typeof PriceLookupQuery>;

/** What one model costs; null where no layer knows it, which is not free. */
export const PriceLookup = z.object({
  identity: PriceBookIdentity,
  asOf: z.iso.date(),
  prices: UnitPrices.nullable(),
});
export type PriceLookup = z.infer<typeof PriceLookup>;

/** How data of a price book is taken: `name` is the file's, and is only ever shown. */
export const PriceDataQuery = z.object({
  name: name.default('prices.json'),
  /** Day of the data; without it, the day in the file's name, or else today. */
  date: z.iso.date().optional(),
  /** Only says what would change. */
  isDryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});
export type PriceDataQuery = z.input<typeof PriceDataQuery>;

/** A price that differs between two books, in whole pico-dollars per token. */
const ChangedPrice = z.object({
  providerId: z.string(),
  model: z.string(),
  part: z.enum(pricedParts),
  beforePicoUsd: z.number().nullable(), // null: had none
  afterPicoUsd: z.number().nullable(), //  null: has none any more
});
export type ChangedPrice = z.infer<typeof ChangedPrice>;

/** What other base data means for the book in use. */
export const PriceDataChange = z.object({
  before: PriceBookIdentity.nullable(), // null: what was in use could not be read any more
  after: PriceBookIdentity,
  sha256: z.string().nullable(), //    of the file; null: back to what is installed
  isStored: z.boolean(), //            false for a dry run
  modelsAdded: count.nullable(), //    null: there is nothing to compare with, and so no list either
  modelsRemoved: count.nullable(), //  likewise
  modelsChanged: count.nullable(), //  likewise
  addedModels: z.array(z.string()), //   provider/model; at most 200 are listed
  removedModels: z.array(z.string()), // likewise
  changedPrices: z.array(ChangedPrice), // likewise, the largest change first
});
export type PriceDataChange = z.infer<typeof PriceDataChange>;

/** Names a book that is kept to compare with. */
export const BookNameQuery = z.object({ name });

/** A book kept to compare with. */
export const KeptBook = z.object({
  name: z.string(),
  format: z.enum(['genai-prices', 'litellm', 'langfuse', 'models.dev']),
  date: z.string(),
  models: count,
  skipped: count, //               entries that are not of text, or of none of the known providers
  sha256: z.string(),
  isStored: z.boolean(), //        false for a dry run
});
export type KeptBook = z.infer<typeof KeptBook>;
