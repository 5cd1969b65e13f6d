import {
  type PricedPart,
  type PriceSource,
  pricedParts,
  type UnitPrice,
  type UnitPrices,
} from '../unit-prices';
import { matchesWildcard } from './match-wildcard';
import type { ServiceTier } from './price-tier';
import { type Ratio, type SupplementRule, supplement } from './supplement';

/**
 * A price times a ratio.
 *
 * @returns null where that is no whole number of pico-dollars
 */
function multiply(price: UnitPrice, [by, of]: Ratio, source: PriceSource): UnitPrice | null {
  const times = (picoUsd: number) => (picoUsd * by) / of;
  const tiers = price.tiers.map((tier) => ({ ...tier, picoUsd: times(tier.picoUsd) }));
  const basePicoUsd = times(price.basePicoUsd);
  const areWhole = [basePicoUsd, ...tiers.map(({ picoUsd }) => picoUsd)].every(
    Number.isSafeInteger,
  );
  return areWhole ? { basePicoUsd, tiers, source } : null;
}

const appliesTo = (
  rule: SupplementRule,
  { providerId, modelId }: Pick<UnitPrices, 'providerId' | 'modelId'>,
) =>
  rule.providerIds.includes(providerId) && rule.modelIds.some((id) => matchesWildcard(id, modelId));

/** Whether the supplement has prices of a model of the base at a service tier. */
export function sellsTier(
  model: Pick<UnitPrices, 'providerId' | 'modelId'>,
  tier: ServiceTier,
): boolean {
  return supplement.rules.some((rule) => rule.tiers.includes(tier) && appliesTo(rule, model));
}

const partNames = {
  input: 'input',
  cacheRead: 'cache read',
  cacheWrite5m: '5 min cache write',
  cacheWrite1h: '1 h cache write',
  output: 'output',
  reasoning: 'reasoning',
} as const satisfies Record<PricedPart, string>;

function sourceOf(rule: SupplementRule, what: string, id: string): PriceSource {
  return {
    layer: 'supplement',
    book: `${supplement.name} ${supplement.date}`,
    date: supplement.date,
    rule: `${what}, for "${id}"`,
    url: rule.url,
  };
}

function ratioText([by, of]: Ratio): string {
  return of === 1 ? `${by} ×` : `${by}/${of} of`;
}

/** Prices with those parts of a rule in place that it can make out of them. */
function applyRule(prices: UnitPrices, rule: SupplementRule, what: string): UnitPrices {
  const id = rule.modelIds.find((one) => matchesWildcard(one, prices.modelId)) ?? '';
  const changed: Partial<Record<PricedPart, UnitPrice>> = {};
  for (const part of pricedParts) {
    const made = rule.parts[part];
    const standard = made === undefined ? null : prices[made.of];
    if (made === undefined || standard === null) continue;
    const text = `${what}: ${ratioText(made.times)} the standard ${partNames[made.of]} price`;
    const price = multiply(standard, made.times, sourceOf(rule, text, id));
    if (price !== null) changed[part] = price;
  }
  return { ...prices, ...changed };
}

/** Adds what the base lacks at the standard tier; a price that the base has stays. */
function fillStandard(prices: UnitPrices): UnitPrices {
  let filled = prices;
  for (const rule of supplement.rules) {
    if (!rule.tiers.includes('standard') || !appliesTo(rule, prices)) continue;
    // The hour is sold where five minutes are: a model without a cache has neither.
    if (prices.cacheWrite5m === null) continue;
    const made = applyRule(prices, rule, 'standard');
    for (const part of pricedParts) {
      if (filled[part] === null && made[part] !== null) filled = { ...filled, [part]: made[part] };
    }
  }
  return filled;
}

/** Says of every standard price that stands in for one the book does not have. */
function noteStandIns(prices: UnitPrices, tier: string, isStandIn: (part: PricedPart) => boolean) {
  const noted: Partial<Record<PricedPart, UnitPrice>> = {};
  for (const part of pricedParts) {
    const price = prices[part];
    if (price === null || !isStandIn(part)) continue;
    const rule = `${price.source.rule}, standard price: the book has none for "${tier}"`;
    noted[part] = { ...price, source: { ...price.source, rule } };
  }
  return { ...prices, ...noted };
}

/**
 * Region of a call as its model name tells it: `azure/eu/…`, or a Vertex resource name with its
 * location. Names of Bedrock tell theirs too, and the base lists those one by one.
 */
function readRegion(model: string): 'us' | 'eu' | 'other' | null {
  const segments = model.toLowerCase().split('/');
  const location = segments[segments.indexOf('locations') + 1];
  if (segments.includes('locations') && location !== undefined) {
    if (location === 'global') return null;
    return location.startsWith('us') ? 'us' : location.startsWith('eu') ? 'eu' : 'other';
  }
  const named = segments.slice(0, -1).find((one) => one === 'us' || one === 'eu');
  return named === 'us' || named === 'eu' ? named : null;
}

/**
 * Standard prices of the base with our supplement, at a service tier and in a region.
 *
 * @param asked a tier's name in a trace that the book does not know
 * @returns prices whose `serviceTier` says what they are: standard where the tier has none, which
 * `skuPriceId` then tells too
 */
export function applySupplement(
  base: UnitPrices,
  { tier, asked, model }: { tier: ServiceTier; asked: string | null; model: string },
): UnitPrices {
  let prices = fillStandard(base);
  const rule =
    tier === 'standard'
      ? undefined
      : supplement.rules.find((one) => one.tiers.includes(tier) && appliesTo(one, prices));
  if (rule !== undefined) {
    const made = applyRule(prices, rule, tier);
    const standard = prices;
    prices = {
      ...noteStandIns(made, tier, (part) => made[part] === standard[part]),
      serviceTier: tier,
      skuPriceId: `${prices.skuPriceId}+${tier}`,
    };
  } else if (tier !== 'standard' || asked !== null) {
    const name = asked ?? tier;
    const skuPriceId = `${prices.skuPriceId}+${name}=standard`;
    prices = { ...noteStandIns(prices, name, () => true), skuPriceId };
  }
  const region = readRegion(model);
  if (region === null) return prices;
  const uplift = supplement.regionRules.find(
    (one) => one.regions?.includes(region) && appliesTo(one, prices),
  );
  if (uplift === undefined) return prices;
  const raised = applyRule(prices, uplift, `region ${region}`);
  return { ...raised, skuPriceId: `${prices.skuPriceId}+${region}` };
}
