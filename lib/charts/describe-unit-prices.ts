import {
  type PricedPart,
  type PriceSource,
  pricedParts,
  type UnitPrice,
  type UnitPrices,
} from '../cost/unit-prices';
import { formatCount, formatUsdPerMtok, notKnown } from '../format';

/** What each price is called where a reader meets it. */
export const partLabel = {
  input: 'Input',
  cacheRead: 'Cache read',
  cacheWrite5m: 'Cache write, 5 min',
  cacheWrite1h: 'Cache write, 1 h',
  output: 'Output',
  reasoning: 'Reasoning',
} as const satisfies Record<PricedPart, string>;

/** What each layer of a price book is called. */
export const layerLabel = {
  override: 'Override of the project',
  supplement: 'Supplement',
  base: 'Base book',
} as const satisfies Record<PriceSource['layer'], string>;

/** Dollars for a million tokens, and from which prompt on it is another: `$3.00; $6.00 above 200,000`. */
export function describeUnitPrice(price: UnitPrice | null): string {
  if (price === null) return notKnown;
  const tiers = price.tiers.map(
    ({ start, isInclusive, picoUsd }) =>
      `${formatUsdPerMtok(picoUsd)} ${isInclusive ? 'from' : 'above'} ${formatCount(start)}`,
  );
  return [formatUsdPerMtok(price.basePicoUsd), ...tiers].join('; ');
}

/** A place that prices come from, and which. */
export interface PriceOrigin {
  readonly source: PriceSource;
  readonly parts: readonly PricedPart[];
}

/** Where the prices of a model come from: each place once, with the prices that it gives. */
export function listPriceOrigins(prices: UnitPrices): PriceOrigin[] {
  const origins = new Map<string, { source: PriceSource; parts: PricedPart[] }>();
  for (const part of pricedParts) {
    const source = prices[part]?.source;
    if (source === undefined) continue;
    const key = JSON.stringify([source.layer, source.book, source.date, source.rule]);
    const origin = origins.get(key);
    if (origin === undefined) origins.set(key, { source, parts: [part] });
    else origin.parts.push(part);
  }
  return [...origins.values()];
}

/** One place as a line: `Input, output: genai-prices 0.1.8 of 2026-09-23, starts_with "gpt-4o"`. */
function describePriceOrigin({ source, parts }: PriceOrigin, partsInAll: number): string {
  const what =
    parts.length === partsInAll
      ? 'All prices'
      : parts
          .map((part, at) => (at === 0 ? partLabel[part] : partLabel[part].toLowerCase()))
          .join(', ');
  return `${what}: ${source.book} of ${source.date}, ${source.rule}`;
}

/** Origins of a model's prices as lines. */
export function describePriceOrigins(prices: UnitPrices): string[] {
  const origins = listPriceOrigins(prices);
  const partsInAll = origins.reduce((sum, { parts }) => sum + parts.length, 0);
  return origins.map((origin) => describePriceOrigin(origin, partsInAll));
}
