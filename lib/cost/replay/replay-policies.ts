import { PicoUsdSum } from '../pico-usd-sum';
import type { PolicyList } from '../policies/policy';
import { preparePolicy } from '../policies/prepare-policy';
import { pricedParts, type UnitPrices } from '../unit-prices';
import { type SessionSums, ThreadCharger } from './charge-thread';
import { measureToday, type TodayCosts } from './measure-today';
import { createPriceTable } from './price-table';
import { replayBuckets } from './replay-buckets';
import { ReplayContext } from './replay-context';
import type { ReplayCosts } from './replay-costs';
import type { ReplaySet } from './replay-set';
import { createThreadScratch, loadThread, type ThreadStep } from './thread-scratch';

/**
 * Prices the sessions of a set again as if policies had held.
 *
 * Every thread is read into scratch arrays, changed by each policy in turn, and charged at the end:
 * structure first, prices last. No policy at all gives today's costs to the last bit. Time is linear
 * in calls × policies, and nothing is allocated per call but the columns of the answer.
 *
 * @param catalogue unit prices of the models and tiers that policies may name
 */
export function replayPolicies(
  set: ReplaySet,
  policies: PolicyList,
  catalogue: readonly UnitPrices[],
): ReplayCosts {
  const today = measureToday(set);
  const context = new ReplayContext(set, catalogue);
  const steps = policies
    .map((policy) => preparePolicy(policy, context))
    .filter((step) => step !== null);
  return runSteps(context, steps, today);
}

function runSteps(
  context: ReplayContext,
  steps: readonly ThreadStep[],
  today: TodayCosts,
): ReplayCosts {
  const { set } = context;
  const calls = {
    picoUsd: new Float64Array(set.price.length),
    promptTokens: new Float64Array(set.price.length),
  };
  const table = createPriceTable(context.prices);
  const charger = new ThreadCharger({ today, table, cacheModel: context.cacheModel, calls });
  const thread = createThreadScratch(set);
  const totals = replayBuckets.map(() => new PicoUsdSum());
  const sums: SessionSums = {
    picoUsd: 0,
    tokens: 0,
    byBucket: new Float64Array(replayBuckets.length),
  };
  const changedPicoUsd = new Float64Array(set.sessionIds.length);
  const changedTokens = new Float64Array(set.sessionIds.length);
  for (let session = 0; session < set.sessionIds.length; session++) {
    sums.picoUsd = Number.NaN;
    sums.tokens = Number.NaN;
    sums.byBucket.fill(0);
    for (let at = set.firstThread[session]; at < set.firstThread[session + 1]; at++) {
      loadThread(thread, session, at);
      for (const step of steps) step(thread);
      charger.charge(thread, sums);
    }
    changedPicoUsd[session] = sums.picoUsd;
    changedTokens[session] = sums.tokens;
    for (let b = 0; b < totals.length; b++) {
      if (sums.byBucket[b] !== 0) totals[b].add(sums.byBucket[b]);
    }
  }
  return {
    todayPicoUsd: today.sessionPicoUsd,
    changedPicoUsd,
    todayTokens: today.sessionTokens,
    changedTokens,
    callTodayPicoUsd: today.callPicoUsd,
    callChangedPicoUsd: calls.picoUsd,
    callTodayPromptTokens: today.promptTokens,
    callChangedPromptTokens: calls.promptTokens,
    byBucket: listBuckets(today, totals),
    callsAdded: charger.callsAdded,
    callsRemoved: charger.callsRemoved,
    unpricedCalls: today.unpricedCalls,
    assumptions: [
      ...context.writeAssumptions(),
      ...describeCoverage(today),
      ...describeSubstitutes(context.prices, table.missing, charger.charged),
    ],
  };
}

function listBuckets(today: TodayCosts, changed: readonly PicoUsdSum[]): ReplayCosts['byBucket'] {
  return replayBuckets
    .map((name, b) => ({
      name,
      todayPicoUsd: today.byBucket[b] ?? 0n,
      changedPicoUsd: changed[b].total(),
    }))
    .filter((one) => one.todayPicoUsd !== 0n || one.changedPicoUsd !== 0n);
}

function describeCoverage(today: TodayCosts): string[] {
  const sentences: string[] = [];
  if (today.storedCalls > 0) {
    sentences.push(
      `${today.storedCalls} calls keep the cost with which they are stored: the price book does not tell how it is made up.`,
    );
  }
  if (today.repricedCalls > 0) {
    sentences.push(
      `${today.repricedCalls} calls are stored at other prices than the price book's of today, or at none: here they cost what the book says, on both sides.`,
    );
  }
  return sentences;
}

const partNames = [
  'fresh input',
  'cache reads',
  'cache writes',
  'cache writes of one hour',
  'output',
  'reasoning',
];

/** Says which prices stood in for ones that the book does not have. */
function describeSubstitutes(
  prices: readonly UnitPrices[],
  missing: Uint8Array,
  charged: Uint8Array,
): string[] {
  const sentences: string[] = [];
  prices.forEach((one, i) => {
    const parts = pricedParts.flatMap((_, p) =>
      (missing[i] & charged[i] & (1 << p)) === 0 ? [] : [partNames[p]],
    );
    if (parts.length === 0) return;
    sentences.push(
      `The price book has no price for ${parts.join(' and ')} of ${one.modelId}: the nearest price that it has is taken, that of fresh input for what is cached.`,
    );
  });
  return [...new Set(sentences)];
}
