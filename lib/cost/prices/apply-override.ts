import { resolveProvider } from '../model-names';
import type { PriceOverride } from '../price-override';
import {
  type PricedPart,
  type PriceSource,
  pricedParts,
  type UnitPrice,
  type UnitPrices,
} from '../unit-prices';

const shareUnits = 1_000_000_000n;

/** A price less a share of it, to the nearest pico-dollar; halves go up. */
function discount(picoUsd: number, share: number): number {
  const kept = shareUnits - BigInt(Math.round(share * Number(shareUnits)));
  return Number((BigInt(picoUsd) * kept + shareUnits / 2n) / shareUnits);
}

function discountPrice(price: UnitPrice, share: number, source: PriceSource): UnitPrice {
  return {
    basePicoUsd: discount(price.basePicoUsd, share),
    tiers: price.tiers.map((tier) => ({ ...tier, picoUsd: discount(tier.picoUsd, share) })),
    source,
  };
}

/** A share of 1 as it was typed, to the last digit that a discount counts: 0.07 is `7 %`. */
const percentOf = (share: number) => `${Math.round(share * 1e9) / 1e7} %`;

/** An override in the form in which it is looked up. */
export interface PreparedOverride {
  readonly override: PriceOverride;
  readonly pattern: string;
  readonly providerId: string | null;
  /** It has prices of its own, and not only a discount. */
  readonly givesPrices: boolean;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Overrides in the order in which they decide: the later start first, then the later in the list. */
export function prepareOverrides(overrides: readonly PriceOverride[]): PreparedOverride[] {
  return overrides
    .map((override) => ({
      override,
      pattern: override.model.trim().toLowerCase(),
      providerId: override.providerName === null ? null : resolveProvider(override.providerName),
      givesPrices: Object.keys(override.usdPerMtok).length > 0,
      fromMs:
        override.effectiveFrom === null
          ? Number.NEGATIVE_INFINITY
          : Date.parse(`${override.effectiveFrom}T00:00:00Z`),
      toMs:
        override.effectiveTo === null
          ? Number.POSITIVE_INFINITY
          : Date.parse(`${override.effectiveTo}T00:00:00Z`),
    }))
    .reverse()
    .sort((a, b) => (a.fromMs === b.fromMs ? 0 : b.fromMs - a.fromMs));
}

/** A star at the end matches any ending; elsewhere it is a letter like others. */
const namesModel = (pattern: string, name: string) =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;

/** Overrides that name a model by any of its names, of a provider, at whatever time. */
export function overridesFor(
  overrides: readonly PreparedOverride[],
  names: readonly string[],
  providerIds: readonly string[],
): PreparedOverride[] {
  return overrides.filter(
    ({ pattern, providerId }) =>
      (providerId === null || providerIds.includes(providerId)) &&
      names.some((name) => namesModel(pattern, name.toLowerCase())),
  );
}

const areSame = (a: UnitPrice, b: UnitPrice | null) =>
  b !== null &&
  a.basePicoUsd === b.basePicoUsd &&
  a.tiers.length === b.tiers.length &&
  a.tiers.every((tier, index) => tier.picoUsd === b.tiers[index]?.picoUsd);

const noPrices = (model: string, override: PriceOverride): UnitPrices => ({
  skuPriceId: `${override.providerName ?? 'project'}/${model}`,
  providerId: override.providerName ?? 'project',
  modelId: model,
  serviceTier: 'standard',
  validFrom: null,
  contextWindowTokens: null,
  input: null,
  cacheRead: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  output: null,
  reasoning: null,
});

/**
 * Prices with a project's own in place.
 *
 * Given prices hold for every tier and every prompt length. A discount comes off all others, at any
 * tier. Reasoning follows output unless one of the two is priced by itself.
 *
 * @param base null for a model that no book knows: it has the given prices only
 */
export function applyOverride(
  base: UnitPrices | null,
  { override }: PreparedOverride,
  model: string,
): UnitPrices {
  const prices = base ?? noPrices(model, override);
  const source: PriceSource = {
    layer: 'override',
    book: 'project',
    date: override.recordedOn,
    rule: `override "${override.model}"${override.note === '' ? '' : `: ${override.note}`}`,
    url: null,
  };
  const { usdPerMtok, discountShare } = override;
  const followsOutput =
    usdPerMtok.reasoning === undefined &&
    (prices.reasoning === null || areSame(prices.reasoning, prices.output));
  const read = (part: PricedPart): UnitPrice | null => {
    const usd = usdPerMtok[part];
    if (usd !== undefined) return { basePicoUsd: Math.round(usd * 1e6), tiers: [], source };
    const price = prices[part];
    if (price === null || discountShare === null || discountShare === 0) return price;
    const rule = `${source.rule}, ${percentOf(discountShare)} off ${price.source.rule}`;
    return discountPrice(price, discountShare, { ...source, rule });
  };
  const changed = Object.fromEntries(pricedParts.map((part) => [part, read(part)])) as Record<
    PricedPart,
    UnitPrice | null
  >;
  if (followsOutput && usdPerMtok.output !== undefined) changed.reasoning = changed.output;
  const start = override.effectiveFrom === null ? '' : `@${override.effectiveFrom}`;
  return {
    ...prices,
    ...changed,
    validFrom: laterOf(prices.validFrom, override.effectiveFrom),
    skuPriceId: `${prices.skuPriceId}+override${start}`,
  };
}

const laterOf = (a: string | null, b: string | null) =>
  a === null ? b : b === null || a > b ? a : b;
