import type { PriceSource, UnitPrice, UnitPrices } from '../unit-prices';
import type { BaseModel, BasePrices } from './base-book';
import type { DataPrice } from './price-data';

/** A base as its name reads in a source. */
export interface BaseIdentity {
  readonly name: string;
  readonly version: string;
  readonly date: string;
}

/**
 * Converts dollars per million tokens to pico-dollars per token.
 *
 * @returns a whole number; null when the published price is no multiple of a pico-dollar to within
 * 1e-5 of itself, the precision to which repeating decimals are published
 */
function picoUsdPerToken(usdPerMtok: number): number | null {
  const picoUsd = usdPerMtok * 1e6;
  const whole = Math.round(picoUsd);
  return Math.abs(picoUsd - whole) <= 1e-5 * picoUsd ? whole : null;
}

/** Providers whose long-context tiers begin at their threshold itself, by id of the base. */
const inclusiveProviders = new Set(['x-ai']);

/**
 * Start of a tier. Where tiers begin at their threshold itself, the base writes it as one token less
 * and "above"; both ways of writing it are read as the round number and "from".
 */
function readStart(start: number, isInclusive: boolean): number {
  return isInclusive && start % 1_000 === 999 ? start + 1 : start;
}

function readUnitPrice(
  price: DataPrice | undefined,
  source: PriceSource,
  isInclusive: boolean,
): UnitPrice | null {
  if (price === undefined) return null;
  const basePicoUsd = picoUsdPerToken(typeof price === 'number' ? price : price.base);
  if (basePicoUsd === null) return null;
  const tiers: UnitPrice['tiers'] = [];
  for (const tier of typeof price === 'number' ? [] : price.tiers) {
    const picoUsd = picoUsdPerToken(tier.price);
    if (picoUsd === null) return null;
    tiers.push({ start: readStart(tier.start, isInclusive), isInclusive, picoUsd });
  }
  return { basePicoUsd, tiers: tiers.sort((a, b) => a.start - b.start), source };
}

/** Names the period of validity of the prices that were found. */
function nameValidity({ constraint }: BasePrices): string {
  if (constraint === null) return '';
  return 'start_date' in constraint
    ? `@${constraint.start_date}`
    : `@${constraint.start_time}-${constraint.end_time}`;
}

function urlOf(urls: readonly string[] | undefined): string | null {
  const [first] = urls ?? [];
  return first !== undefined && /^https?:\/\//.test(first) && URL.canParse(first) ? first : null;
}

/** Standard-tier unit prices of a model of the base in one period. */
export function readBasePrices(
  { provider, model, rule }: BaseModel,
  inForce: BasePrices,
  { name, version, date }: BaseIdentity,
): UnitPrices {
  const { prices, constraint } = inForce;
  const source: PriceSource = {
    layer: 'base',
    book: `${name} ${version}`,
    date,
    rule,
    url: urlOf(provider.pricing_urls),
  };
  const isInclusive = inclusiveProviders.has(provider.id);
  const read = (price: DataPrice | undefined) => readUnitPrice(price, source, isInclusive);
  const output = read(prices.output_mtok);
  return {
    skuPriceId: `${provider.id}/${model.id}${nameValidity(inForce)}`,
    providerId: provider.id,
    modelId: model.id,
    serviceTier: 'standard',
    validFrom: constraint !== null && 'start_date' in constraint ? constraint.start_date : null,
    contextWindowTokens: model.context_window ?? null,
    input: read(prices.input_mtok),
    cacheRead: read(prices.cache_read_mtok),
    cacheWrite5m: read(prices.cache_write_mtok),
    cacheWrite1h: read(prices.cache_write_1h_mtok),
    output,
    reasoning:
      prices.output_reasoning_mtok === undefined ? output : read(prices.output_reasoning_mtok),
  };
}
