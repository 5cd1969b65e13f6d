import { z } from 'zod';
import { type DataFault, describeDataFault } from './describe-data-fault';
import { isSafePattern } from './safe-pattern';

/** Limits of a data file that is brought in. */
const limits = { depth: 24, nodes: 2_000_000, providers: 500, models: 20_000, text: 2_000 };

const text = z.string().max(limits.text);
const ruleText = z.string().min(1).max(300);

/** A rule of the book about names, as data: what the letters of a name have to be. */
export type MatchRule =
  | { equals: string }
  | { starts_with: string }
  | { ends_with: string }
  | { contains: string }
  | { regex: string }
  | { or: MatchRule[] }
  | { and: MatchRule[] };

const MatchRule: z.ZodType<MatchRule> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ equals: ruleText }),
      z.strictObject({ starts_with: ruleText }),
      z.strictObject({ ends_with: ruleText }),
      z.strictObject({ contains: ruleText }),
      z.strictObject({
        regex: z
          .string()
          .refine(
            isSafePattern,
            'Is no pattern that is sure to end: it may not repeat a group, nor leave too many choices.',
          ),
      }),
      z.strictObject({ or: z.array(MatchRule).min(1).max(200) }),
      z.strictObject({ and: z.array(MatchRule).min(1).max(200) }),
    ],
    { error: 'Is no rule for names that can be used.' },
  ),
);

const usd = z.number().nonnegative().max(1e6);
const Price = z.union(
  [
    usd,
    z.object({
      base: usd,
      tiers: z.array(z.object({ start: z.int().nonnegative(), price: usd })).max(20),
    }),
  ],
  { error: 'Has to be a price in dollars, of 0 or more, or one with tiers.' },
);

/** Dollars per million tokens; of a file's other units none is charged by the token of text. */
const ModelPrices = z.object({
  input_mtok: Price.optional(),
  cache_read_mtok: Price.optional(),
  cache_write_mtok: Price.optional(),
  cache_write_1h_mtok: Price.optional(),
  output_mtok: Price.optional(),
  output_reasoning_mtok: Price.optional(),
});
export type ModelPrices = z.infer<typeof ModelPrices>;
export type DataPrice = z.infer<typeof Price>;

const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/);
const Constraint = z.union([
  z.object({ start_date: z.iso.date() }),
  z.object({ start_time: timeOfDay, end_time: timeOfDay }),
]);
export type PriceConstraint = z.infer<typeof Constraint>;

const DataModel = z.object({
  id: ruleText,
  match: MatchRule,
  context_window: z.int().positive().optional(),
  prices: z.union([
    z
      .array(z.object({ constraint: Constraint.optional(), prices: ModelPrices }))
      .min(1)
      .max(200),
    ModelPrices,
  ]),
});
export type DataModel = z.infer<typeof DataModel>;

const DataProvider = z.object({
  id: ruleText,
  model_match: MatchRule.optional(),
  fallback_model_providers: z.array(ruleText).max(50).optional(),
  pricing_urls: z.array(text).max(50).optional(),
  models: z.array(DataModel).max(limits.models),
});
export type DataProvider = z.infer<typeof DataProvider>;

const DataProviders = z.array(DataProvider).min(1).max(limits.providers);

/**
 * Says whether a JSON value is deeper or larger than any price book, without recursion.
 *
 * @returns null for a value within the limits
 */
export function findExcess(value: unknown): DataFault | null {
  let nodes = 0;
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limits.depth) {
      return { path: '', message: `Is nested deeper than ${limits.depth} levels.` };
    }
    const next: unknown[] = [];
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue;
      for (const inner of Object.values(one)) {
        next.push(inner);
        if (++nodes > limits.nodes) {
          return { path: '', message: `Holds more than ${limits.nodes} values.` };
        }
      }
    }
    level = next;
  }
  return null;
}

/**
 * Parses the providers of a genai-prices data file (v2), slim or full.
 *
 * Only what decides the price of a token is kept, so that equal prices make equal data.
 *
 * @returns the providers, or at most twenty sentences with the path of what is wrong
 */
export function parsePriceProviders(
  value: unknown,
): { readonly providers: DataProvider[] } | { readonly faults: readonly DataFault[] } {
  const excess = findExcess(value);
  if (excess !== null) return { faults: [excess] };
  const parsed = DataProviders.safeParse(value);
  if (!parsed.success) {
    return { faults: parsed.error.issues.slice(0, 20).map((one) => describeDataFault(value, one)) };
  }
  const providers = parsed.data;
  const models = providers.reduce((sum, provider) => sum + provider.models.length, 0);
  if (models > limits.models) {
    return { faults: [{ path: '', message: `Holds more than ${limits.models} models.` }] };
  }
  const ids = new Set<string>();
  for (const [index, { id }] of providers.entries()) {
    if (ids.has(id))
      return { faults: [{ path: `${index}.id`, message: 'Names a provider twice.' }] };
    ids.add(id);
  }
  return { providers };
}
