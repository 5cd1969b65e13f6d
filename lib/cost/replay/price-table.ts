import { type PricedPart, pricedParts, type UnitPrice, type UnitPrices } from '../unit-prices';

const parts = pricedParts.length;

/**
 * Unit prices as flat columns: for each price its bands of prompt size, ascending, and for each band
 * one rate per part, in the order of `pricedParts`.
 */
export interface PriceTable {
  readonly firstBand: Uint32Array; //       prices + 1 offsets into the bands
  readonly bandStart: Float64Array; //      tokens; the first band of each price begins at −1
  readonly isInclusive: Uint8Array; //      the band begins at its start and not above it
  readonly rates: Float64Array; //          bands × parts, pico-dollars per token
  /** Per price, bit i set: the book has no price for part i, and another one stands in for it. */
  readonly missing: Uint8Array;
}

/** Prices that stand in for one that the book does not have, in this order. */
const substitutes = {
  input: [],
  cacheRead: ['input'],
  cacheWrite5m: ['input'],
  cacheWrite1h: ['cacheWrite5m', 'input'],
  output: [],
  reasoning: ['output'],
} as const satisfies Record<PricedPart, readonly PricedPart[]>;

function findPrice(prices: UnitPrices, part: PricedPart): UnitPrice | null {
  if (prices[part] !== null) return prices[part];
  for (const other of substitutes[part]) if (prices[other] !== null) return prices[other];
  return null;
}

interface Band {
  readonly start: number;
  readonly isInclusive: boolean;
}

/** Where a tier begins, as a total order: at a number of tokens, or just above it. */
const isUpTo = (tier: Band, band: Band) =>
  tier.start < band.start || (tier.start === band.start && (tier.isInclusive || !band.isInclusive));

function listBands(prices: UnitPrices): Band[] {
  const bands: Band[] = [{ start: -1, isInclusive: true }];
  for (const part of pricedParts) {
    for (const { start, isInclusive } of prices[part]?.tiers ?? []) {
      const isKnown = bands.some((one) => one.start === start && one.isInclusive === isInclusive);
      if (!isKnown) bands.push({ start, isInclusive });
    }
  }
  return bands.sort((a, b) => a.start - b.start || Number(b.isInclusive) - Number(a.isInclusive));
}

function rateIn(price: UnitPrice | null, band: Band): number {
  // A bucket without any price has no tokens in a call that has a price.
  let picoUsd = price?.basePicoUsd ?? 0;
  for (const tier of price?.tiers ?? []) if (isUpTo(tier, band)) picoUsd = tier.picoUsd;
  return picoUsd;
}

function markMissing(prices: UnitPrices): number {
  return pricedParts.reduce((mask, part, i) => (prices[part] === null ? mask | (1 << i) : mask), 0);
}

/**
 * Lays unit prices out for a loop over many calls.
 *
 * A cached token costs the fresh price, and one of reasoning that of output, where the book has no
 * price of its own for it; `missing` tells where.
 */
export function createPriceTable(prices: readonly UnitPrices[]): PriceTable {
  const bands = prices.map(listBands);
  const firstBand = new Uint32Array(prices.length + 1);
  bands.forEach((one, i) => {
    firstBand[i + 1] = firstBand[i] + one.length;
  });
  const all = bands.flat();
  const rates = new Float64Array(all.length * parts);
  prices.forEach((one, i) => {
    for (let band = firstBand[i]; band < firstBand[i + 1]; band++) {
      pricedParts.forEach((part, p) => {
        rates[band * parts + p] = rateIn(findPrice(one, part), all[band]);
      });
    }
  });
  return {
    firstBand,
    bandStart: Float64Array.from(all, (band) => band.start),
    isInclusive: Uint8Array.from(all, (band) => (band.isInclusive ? 1 : 0)),
    rates,
    missing: Uint8Array.from(prices, markMissing),
  };
}

/**
 * Finds the rates of a request: the whole prompt decides, as a cliff.
 *
 * @returns offset of the first part's rate in `rates`
 */
export function findRates(table: PriceTable, price: number, promptTokens: number): number {
  const { firstBand, bandStart, isInclusive } = table;
  let band = firstBand[price];
  const end = firstBand[price + 1];
  while (band + 1 < end) {
    const start = bandStart[band + 1];
    if (promptTokens < start || (promptTokens === start && isInclusive[band + 1] === 0)) break;
    band++;
  }
  return band * parts;
}
