import type { SeenModel } from '../contracts/prices';
import { isSelfHosted } from '../cost/model-names';
import type { PriceBook } from '../cost/price-book';
import type { ModelAlias } from '../cost/price-override';
import { readServiceTier } from '../cost/prices/price-tier';
import { type PricedPart, pricedParts, type UnitPrices } from '../cost/unit-prices';
import { type SeenModelCalls, usedBuckets } from '../db/trace-store/read-seen-models';

const priceOfBucket = {
  inputFresh: 'input',
  cacheRead: 'cacheRead',
  cacheWrite5m: 'cacheWrite5m',
  cacheWrite1h: 'cacheWrite1h',
  cacheWriteUnknownTtl: 'cacheWrite5m',
  output: 'output',
  reasoning: 'reasoning',
} as const satisfies Record<(typeof usedBuckets)[number], PricedPart>;

interface Found {
  readonly prices: UnitPrices | null;
  readonly alias: ModelAlias | null;
}

/** Finds what calls are priced with: the response model, else the request model, as of the newest. */
function findPrices(
  group: SeenModelCalls,
  atMs: number | null,
  book: PriceBook,
  aliases: ReadonlyMap<string, ModelAlias>,
): Found {
  const { providerName, serviceTier } = group;
  const named = [group.responseModel, group.requestModel].filter((one) => one !== null);
  for (const model of named) {
    const prices = book.findUnitPrices({ providerName, model, atMs, serviceTier });
    if (prices !== null) return { prices, alias: aliases.get(model.trim().toLowerCase()) ?? null };
  }
  const alias = named.map((one) => aliases.get(one.trim().toLowerCase())).find((one) => one);
  return { prices: null, alias: alias ?? null };
}

function lacksPrice(used: number, prices: UnitPrices): boolean {
  return usedBuckets.some(
    (bucket, bit) => (used & (2 ** bit)) !== 0 && prices[priceOfBucket[bucket]] === null,
  );
}

function reasonOf({ providerName, requestModel, responseModel }: SeenModelCalls) {
  const model = responseModel ?? requestModel;
  if (model === null) return 'unnamed' as const;
  if (model.trim().toLowerCase().startsWith('arn:')) return 'opaque_name' as const;
  const router = model.includes('/') ? (model.split('/')[0] ?? '') : '';
  const isOwn = (providerName !== null && isSelfHosted(providerName)) || isSelfHosted(router);
  return isOwn ? ('self_hosted' as const) : ('unknown_model' as const);
}

const isoOf = (ms: number | null) =>
  ms !== null && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null;

const least = (values: readonly (number | null)[]) => {
  const known = values.filter((one) => one !== null);
  return known.length === 0 ? null : Math.min(...known);
};
const greatest = (values: readonly (number | null)[]) => {
  const known = values.filter((one) => one !== null);
  return known.length === 0 ? null : Math.max(...known);
};

const sumOf = (
  groups: readonly SeenModelCalls[],
  value: (group: SeenModelCalls) => number,
): number => groups.reduce((sum, group) => sum + value(group), 0);

function resolveGroups(
  groups: readonly SeenModelCalls[],
  book: PriceBook,
  aliases: ReadonlyMap<string, ModelAlias>,
): SeenModel[] {
  const [first] = groups;
  if (first === undefined) return [];
  const lastMs = greatest(groups.map((one) => one.lastMs));
  const { prices, alias } = findPrices(first, lastMs, book, aliases);
  const withUsage = groups.filter((one) => one.hasUsage);
  const unpriced = withUsage.filter((one) => prices === null || lacksPrice(one.used, prices));
  const isPriced =
    prices !== null && (unpriced.length < withUsage.length || withUsage.length === 0);
  return [
    {
      providerName: first.providerName,
      model: first.responseModel ?? first.requestModel,
      requestModel: first.requestModel,
      serviceTier: first.serviceTier,
      calls: sumOf(groups, (one) => one.calls),
      tokens: sumOf(groups, (one) => one.tokens),
      usageMissingCalls: sumOf(groups, (one) => (one.hasUsage ? 0 : one.calls)),
      unpricedCalls: sumOf(unpriced, (one) => one.calls),
      unpricedTokens: sumOf(unpriced, (one) => one.tokens),
      firstAt: isoOf(least(groups.map((one) => one.firstMs))),
      lastAt: isoOf(lastMs),
      resolution: isPriced
        ? {
            kind: 'priced',
            prices,
            alias,
            isTierFallback: isFallback(first.serviceTier, prices),
          }
        : {
            kind: 'unpriced',
            reason: prices === null ? reasonOf(first) : 'no_unit_price',
            prices,
            alias,
          },
    },
  ];
}

function isFallback(serviceTier: string | null, prices: UnitPrices): boolean {
  const { tier, asked } = readServiceTier(serviceTier);
  const hasPrices = pricedParts.some((part) => prices[part] !== null);
  return hasPrices && (asked !== null || tier !== prices.serviceTier);
}

/** What every model that traces name resolves to, the most calls first. */
export function resolveSeenModels(
  groups: readonly SeenModelCalls[],
  book: PriceBook,
  aliases: readonly ModelAlias[],
): SeenModel[] {
  const byName = new Map<string, SeenModelCalls[]>();
  for (const group of groups) {
    const { providerName, requestModel, responseModel, serviceTier } = group;
    const key = JSON.stringify([providerName, requestModel, responseModel, serviceTier]);
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [group]);
    else known.push(group);
  }
  const aliasByName = new Map(aliases.map((one) => [one.name.toLowerCase(), one]));
  return [...byName.values()]
    .flatMap((one) => resolveGroups(one, book, aliasByName))
    .sort((a, b) => b.calls - a.calls);
}
