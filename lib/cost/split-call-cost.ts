import type { SessionSet } from '../sessions/session';
import { tokenBuckets } from '../traces/call-record';
import type { PriceBook } from './price-book';
import { priceBucket, promptBuckets } from './price-call';
import { findRowPrices } from './row-prices';

type Bucket = (typeof tokenBuckets)[number];

/** Cost of one call by bucket, in whole pico-dollars. */
export type BucketCosts = Record<Bucket, number>;

/**
 * Price of a bucket against fresh input where the book cannot tell: what vendors with both cache
 * reads and writes charge for them (Anthropic and its resellers, 2026).
 */
const usualPriceRatio: BucketCosts = {
  inputFresh: 1,
  cacheRead: 0.1,
  cacheWrite5m: 1.25,
  cacheWrite1h: 2,
  cacheWriteUnknownTtl: 1.25,
  output: 1,
  reasoning: 1,
};

/** An object that {@link splitCallCost} fills. */
export function emptyBucketCosts(): BucketCosts {
  return {
    inputFresh: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    cacheWriteUnknownTtl: 0,
    output: 0,
    reasoning: 0,
  };
}

/** Turns weights into whole parts of a whole total; the heaviest bucket takes the rounding. */
function apportion(
  costs: BucketCosts,
  buckets: readonly Bucket[],
  total: number,
  weights: BucketCosts,
): void {
  let sum = 0;
  let heaviest = buckets[0];
  for (const bucket of buckets) {
    sum += weights[bucket];
    if (weights[bucket] > weights[heaviest]) heaviest = bucket;
  }
  if (sum === total) {
    // The prices of now are those that the row was priced with.
    for (const bucket of buckets) costs[bucket] = weights[bucket];
    return;
  }
  let left = total;
  for (const bucket of buckets) {
    costs[bucket] = sum > 0 ? Math.round(total * (weights[bucket] / sum)) : 0;
    left -= costs[bucket];
  }
  costs[heaviest] += left;
}

const outputBuckets = ['output', 'reasoning'] as const satisfies readonly Bucket[];

/** Tokens of one bucket; reasoning that is not parted from output is none of its own. */
function bucketTokens(set: SessionSet, row: number, bucket: Bucket): number {
  return set.calls[bucket][row] || 0;
}

/**
 * Splits the list cost of one priced call over its buckets.
 *
 * The row holds what the prompt and what the whole call cost; the book says in which proportion.
 * @param costs filled with whole pico-dollars whose sum is exactly the row's list cost
 */
export function splitCallCost(
  set: SessionSet,
  row: number,
  book: PriceBook,
  costs: BucketCosts,
): void {
  const { calls } = set;
  const prices = findRowPrices(set, row, book);
  let prompt = 0;
  for (const bucket of promptBuckets) prompt += bucketTokens(set, row, bucket);
  const weights = emptyBucketCosts();
  let isListed = prices !== null;
  if (prices !== null) {
    for (const bucket of tokenBuckets) {
      weights[bucket] = priceBucket(bucket, bucketTokens(set, row, bucket), prompt, prices);
      if (Number.isNaN(weights[bucket])) isListed = false;
    }
  }
  if (!isListed) {
    for (const bucket of tokenBuckets) {
      weights[bucket] = bucketTokens(set, row, bucket) * usualPriceRatio[bucket];
    }
  }
  const listPicoUsd = calls.listCostPicoUsd[row];
  const inputPicoUsd = calls.inputCostPicoUsd[row];
  if (Number.isNaN(inputPicoUsd)) {
    apportion(costs, tokenBuckets, listPicoUsd, weights);
    return;
  }
  apportion(costs, promptBuckets, inputPicoUsd, weights);
  apportion(costs, outputBuckets, listPicoUsd - inputPicoUsd, weights);
}
