import { type CallRecord, promptTokens, type TokenUsage } from '../traces/call-record';
import type { CallCost } from './call-cost';
import { standardPriceBook } from './create-price-book';
import type { PriceBook } from './price-book';
import type { UnitPrice, UnitPrices } from './unit-prices';

/** The prompt's buckets, in the order in which a prefix cache lays them down. */
export const promptBuckets = [
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWriteUnknownTtl',
  'inputFresh',
] as const satisfies readonly (keyof TokenUsage)[];

const priceOfBucket = {
  inputFresh: 'input',
  cacheRead: 'cacheRead',
  cacheWrite5m: 'cacheWrite5m',
  cacheWrite1h: 'cacheWrite1h',
  cacheWriteUnknownTtl: 'cacheWrite5m',
  output: 'output',
  reasoning: 'reasoning',
} as const satisfies Record<keyof TokenUsage, keyof UnitPrices>;

function isInTier(tier: UnitPrice['tiers'][number], prompt: number): boolean {
  return tier.isInclusive ? prompt >= tier.start : prompt > tier.start;
}

/**
 * Price of one token in a request of a given prompt.
 *
 * The tier is a cliff, not a bracket: the whole prompt of the request decides it, and it holds for
 * all of its tokens.
 *
 * @returns whole pico-dollars
 */
function picoUsdAt(price: UnitPrice, prompt: number): number {
  let picoUsd = price.basePicoUsd;
  for (const tier of price.tiers) if (isInTier(tier, prompt)) picoUsd = tier.picoUsd;
  return picoUsd;
}

/**
 * Cost of one bucket's tokens at list price.
 *
 * @returns whole pico-dollars; 0 for no tokens; NaN where the book has no price for them, or their
 * cost is beyond what a double holds exactly
 */
export function priceBucket(
  bucket: keyof TokenUsage,
  tokens: number,
  prompt: number,
  prices: UnitPrices,
): number {
  if (tokens === 0) return 0;
  const price = prices[priceOfBucket[bucket]];
  if (price === null) return Number.NaN;
  const picoUsd = tokens * picoUsdAt(price, prompt);
  return Number.isSafeInteger(picoUsd) ? picoUsd : Number.NaN;
}

/** Start of the tier that a prompt is in, for the id of the price used. */
function nameTier(prices: UnitPrices, prompt: number): string {
  const tier = prices.input?.tiers.findLast((one) => isInTier(one, prompt));
  if (tier === undefined) return '';
  return `${tier.isInclusive ? '>=' : '>'}${tier.start}`;
}

function priceUsage(usage: TokenUsage, prices: UnitPrices): CallCost {
  const prompt = promptTokens(usage);
  let inputCostPicoUsd = 0;
  for (const bucket of promptBuckets) {
    inputCostPicoUsd += priceBucket(bucket, usage[bucket], prompt, prices);
  }
  const listCostPicoUsd =
    inputCostPicoUsd +
    priceBucket('output', usage.output, prompt, prices) +
    priceBucket('reasoning', usage.reasoning ?? 0, prompt, prices);
  if (!Number.isSafeInteger(listCostPicoUsd)) return { kind: 'unpriced', reason: 'no_unit_price' };

  const unknownTtl = usage.cacheWriteUnknownTtl;
  const atFiveMinutes = priceBucket('cacheWriteUnknownTtl', unknownTtl, prompt, prices);
  const atOneHour = priceBucket('cacheWrite1h', unknownTtl, prompt, prices);
  const costMax = listCostPicoUsd - atFiveMinutes + atOneHour;
  return {
    kind: 'priced',
    skuPriceId: prices.skuPriceId + nameTier(prices, prompt),
    listCostPicoUsd,
    inputCostPicoUsd,
    listCostPicoUsdMax: Number.isSafeInteger(costMax)
      ? Math.max(costMax, listCostPicoUsd)
      : listCostPicoUsd,
  };
}

const answeredFromCache: CallCost = {
  kind: 'priced',
  skuPriceId: 'response-cache',
  listCostPicoUsd: 0,
  inputCostPicoUsd: 0,
  listCostPicoUsdMax: 0,
};

/**
 * Prices one call at list price, exactly: tokens × pico-dollars per token are whole numbers.
 *
 * The response model decides, and the request model where the book does not know the former.
 * Reasoning is priced as output. Cache writes of unknown time to live are priced at five minutes,
 * with one hour as the upper end. A model outside the book, or a bucket with tokens and without a
 * unit price, leaves the whole call unpriced: it is never free. Only an answer out of a response
 * cache is, since the provider was not asked.
 *
 * @param book the installed price book unless given
 */
export function priceCall(
  call: Pick<
    CallRecord,
    'usage' | 'providerName' | 'requestModel' | 'responseModel' | 'startMs'
  > & { readonly isResponseCacheHit?: boolean; readonly serviceTier?: string | null },
  book: PriceBook = standardPriceBook,
): CallCost {
  if (call.isResponseCacheHit === true) return answeredFromCache;
  if (call.usage === null) return { kind: 'unpriced', reason: 'usage_missing' };
  for (const model of [call.responseModel, call.requestModel]) {
    if (model === null) continue;
    const prices = book.findUnitPrices({
      providerName: call.providerName,
      model,
      atMs: call.startMs,
      serviceTier: call.serviceTier ?? null,
    });
    if (prices !== null) return priceUsage(call.usage, prices);
  }
  return { kind: 'unpriced', reason: 'unknown_model' };
}
