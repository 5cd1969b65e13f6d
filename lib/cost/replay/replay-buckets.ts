/** What dollars are spent on in a replay, in the order in which a call is charged. */
export const replayBuckets = [
  'inputFresh',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWriteUnknownTtl',
  'output',
  'reasoning',
  'summaries', //   calls that a policy adds, whole
  'notParted', //   calls whose cost is known and whose unit prices are not
] as const;
export type ReplayBucket = (typeof replayBuckets)[number];

/** Index of each bucket in arrays that hold one number for each. */
export const bucketIndex = {
  inputFresh: 0,
  cacheRead: 1,
  cacheWrite5m: 2,
  cacheWrite1h: 3,
  cacheWriteUnknownTtl: 4,
  output: 5,
  reasoning: 6,
  summaries: 7,
  notParted: 8,
} as const satisfies Record<ReplayBucket, number>;

/** Buckets that are charged by the token: the first of {@link replayBuckets}. */
export const tokenBucketCount = 7;

/** Place of each token bucket's rate among those of a price band (`pricedParts`). */
const ratePlace = [0, 1, 2, 3, 2, 4, 5] as const;

/**
 * Charges the tokens of one call.
 *
 * Each bucket is rounded to whole pico-dollars, so that sums over calls are exact.
 *
 * @param tokens one number per token bucket
 * @param rates of a price table, read from `offset` on
 * @param costs the charges are added to it, by bucket
 * @returns pico-dollars of the call
 */
export function chargeTokens(
  tokens: Float64Array,
  rates: Float64Array,
  offset: number,
  costs: Float64Array,
): number {
  let sum = 0;
  for (let bucket = 0; bucket < tokenBucketCount; bucket++) {
    const used = tokens[bucket];
    if (used === 0) continue;
    const cost = Math.round(used * rates[offset + ratePlace[bucket]]);
    costs[bucket] += cost;
    sum += cost;
  }
  return sum;
}
