import { PicoUsdSum } from '../pico-usd-sum';
import { createPriceTable, findRates } from './price-table';
import { bucketIndex, chargeTokens, replayBuckets, tokenBucketCount } from './replay-buckets';
import type { ReplaySet } from './replay-set';

/** How the cost of a call came about: by its tokens, as it is stored, or not at all. */
export const pricing = { byTokens: 0, asStored: 1, none: 2 } as const;

/** Costs as they are, before any policy. */
export interface TodayCosts {
  readonly pricing: Uint8Array; //           per call
  readonly callPicoUsd: Float64Array; //     NaN: not priced
  readonly promptTokens: Float64Array; //    per call
  readonly sessionPicoUsd: Float64Array; //  NaN: no call priced
  readonly sessionTokens: Float64Array; //   NaN: no call
  readonly byBucket: readonly bigint[]; //   in the order of replayBuckets
  readonly unpricedCalls: number;
  readonly storedCalls: number; //           priced as stored
  readonly repricedCalls: number; //         stored at other prices than those of the set
}

/** Part of a price band that each token bucket is charged at, as a bit of the table's `missing`. */
const partBit = [1, 2, 4, 8, 4, 16, 32] as const;

/** Reads the tokens of one call as it was measured. */
function readTokens(set: ReplaySet, call: number, tokens: Float64Array): void {
  tokens[bucketIndex.inputFresh] = set.inputFresh[call];
  tokens[bucketIndex.cacheRead] = set.cacheRead[call];
  tokens[bucketIndex.cacheWrite5m] = set.cacheWrite5m[call];
  tokens[bucketIndex.cacheWrite1h] = set.cacheWrite1h[call];
  tokens[bucketIndex.cacheWriteUnknownTtl] = set.cacheWriteUnknownTtl[call];
  tokens[bucketIndex.output] = set.output[call];
  tokens[bucketIndex.reasoning] = set.reasoning[call];
}

/** Token buckets with tokens, as bits of a price table's `missing`. */
export function usedParts(tokens: Float64Array): number {
  let used = 0;
  for (let b = 0; b < tokenBucketCount; b++) if (tokens[b] > 0) used |= partBit[b];
  return used;
}

function choosePricing(set: ReplaySet, call: number, missing: Uint8Array, used: number): number {
  const price = set.price[call];
  // Without a price for fresh input a policy could make tokens that cost nothing.
  if (price >= 0 && (missing[price] & 1) === 0 && (missing[price] & used) === 0) {
    return pricing.byTokens;
  }
  return Number.isNaN(set.listCostPicoUsd[call]) ? pricing.none : pricing.asStored;
}

/** Prices every call of a set from its tokens. */
function priceCalls(set: ReplaySet) {
  const table = createPriceTable(set.prices);
  const calls = set.price.length;
  const callPricing = new Uint8Array(calls);
  const callPicoUsd = new Float64Array(calls).fill(Number.NaN);
  const promptTokens = new Float64Array(calls);
  const callTokens = new Float64Array(calls);
  const tokens = new Float64Array(tokenBucketCount);
  const costs = new Float64Array(replayBuckets.length);
  const sums = replayBuckets.map(() => new PicoUsdSum());
  for (let call = 0; call < calls; call++) {
    readTokens(set, call, tokens);
    const prompt = tokens[0] + tokens[1] + tokens[2] + tokens[3] + tokens[4];
    promptTokens[call] = prompt;
    callTokens[call] = prompt + tokens[5] + tokens[6];
    callPricing[call] = choosePricing(set, call, table.missing, usedParts(tokens));
    costs.fill(0);
    if (callPricing[call] === pricing.byTokens) {
      const offset = findRates(table, set.price[call], prompt);
      callPicoUsd[call] = chargeTokens(tokens, table.rates, offset, costs);
    } else if (callPricing[call] === pricing.asStored) {
      callPicoUsd[call] = set.listCostPicoUsd[call];
      costs[bucketIndex.notParted] = set.listCostPicoUsd[call];
    }
    if (!Number.isSafeInteger(callPicoUsd[call])) {
      callPicoUsd[call] = Number.NaN;
      callPricing[call] = pricing.none;
    } else {
      for (let b = 0; b < costs.length; b++) if (costs[b] !== 0) sums[b].add(costs[b]);
    }
  }
  return { callPricing, callPicoUsd, promptTokens, callTokens, byBucket: sums };
}

const known = new WeakMap<ReplaySet, TodayCosts>();

/** Prices a set as it is; computed once per set, since every policy is compared with it. */
export function measureToday(set: ReplaySet): TodayCosts {
  const found = known.get(set);
  if (found !== undefined) return found;
  const { callPricing, callPicoUsd, promptTokens, callTokens, byBucket } = priceCalls(set);
  const sessions = set.sessionIds.length;
  const sessionPicoUsd = new Float64Array(sessions).fill(Number.NaN);
  const sessionTokens = new Float64Array(sessions).fill(Number.NaN);
  const counts = { unpricedCalls: 0, storedCalls: 0, repricedCalls: 0 };
  for (let session = 0; session < sessions; session++) {
    const end = set.firstCall[set.firstThread[session + 1]];
    for (let call = set.firstCall[set.firstThread[session]]; call < end; call++) {
      sessionTokens[session] = (sessionTokens[session] || 0) + callTokens[call];
      const picoUsd = callPicoUsd[call];
      if (callPricing[call] === pricing.none) counts.unpricedCalls++;
      else sessionPicoUsd[session] = (sessionPicoUsd[session] || 0) + picoUsd;
      if (callPricing[call] === pricing.asStored) counts.storedCalls++;
      else if (callPricing[call] === pricing.byTokens && picoUsd !== set.listCostPicoUsd[call])
        counts.repricedCalls++;
    }
  }
  const today: TodayCosts = {
    pricing: callPricing,
    callPicoUsd,
    promptTokens,
    sessionPicoUsd,
    sessionTokens,
    byBucket: byBucket.map((sum) => sum.total()),
    ...counts,
  };
  known.set(set, today);
  return today;
}
