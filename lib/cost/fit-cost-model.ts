import { measureContext } from '../sessions/context-growth';
import { callKindCode, type SessionSet } from '../sessions/session';
import { picoUsdFromUsd, usdFromPicoUsd } from '../units';
import { fitGrowth, listMainThreads } from './cost-growth';
import { sumCostBy, sumCostByBucket } from './cost-lines';
import type { CostLine, CostModel } from './cost-model';
import { findAttributedShare, findFailedSpend, findTopDecileShare } from './cost-shares';
import { standardPriceBook } from './create-price-book';
import { drawGrowthCurve } from './growth-curve';
import { PicoUsdSum } from './pico-usd-sum';
import type { PriceBook } from './price-book';
import { isMetered, priceSessions, rowTokens } from './price-session';
import { summarizeSessions } from './session-quantiles';

/** Totals over all calls of a store, for a model that is fitted to a sample of its sessions. */
export interface ExactTotals {
  readonly modelCalls: number;
  readonly unpricedCalls: number; //       with usage, without a price
  readonly unpricedTokens: number;
  readonly usageMissingCalls: number;
  readonly recordedCostCalls: number;
  readonly listCostPicoUsd: bigint;
  readonly recordedCostUsd: number | null;
  /** Breakdowns; without them those of the sample are given as they are. */
  readonly byBucket?: readonly CostLine[];
  readonly byModel?: readonly CostLine[];
  readonly byAgent?: readonly CostLine[];
}

/** What a fit needs besides the sessions. */
export interface FitCostModelOptions {
  readonly seed: number; //                of the bootstrap; a safe integer
  readonly resamples?: number; //          1,000 unless given
  readonly exact?: ExactTotals;
  readonly book?: PriceBook; //           the one its calls were priced from; as installed unless given
}

/** Adds up all calls of a set; a call without usage or price is counted and never taken for zero. */
export function sumTotals(set: SessionSet): ExactTotals {
  const { calls } = set;
  const listCost = new PicoUsdSum();
  const counts = { modelCalls: 0, unpricedCalls: 0, unpricedTokens: 0, usageMissingCalls: 0 };
  let recordedCostCalls = 0;
  const recordedCost = new PicoUsdSum();
  for (let row = 0; row < calls.length; row++) {
    if (!isMetered(set, row)) continue;
    const isModelCall = calls.kind[row] === callKindCode.model;
    const tokens = rowTokens(set, row);
    const picoUsd = calls.listCostPicoUsd[row];
    if (isModelCall) counts.modelCalls++;
    if (!Number.isNaN(picoUsd)) {
      listCost.add(picoUsd);
    } else if (tokens > 0 || (isModelCall && tokens === 0)) {
      counts.unpricedCalls++;
      counts.unpricedTokens += tokens;
    } else if (isModelCall) {
      counts.usageMissingCalls++;
    }
    if (isModelCall && Number.isFinite(calls.recordedCostUsd[row])) {
      recordedCostCalls++;
      recordedCost.add(picoUsdFromUsd(calls.recordedCostUsd[row]));
    }
  }
  return {
    ...counts,
    recordedCostCalls,
    listCostPicoUsd: listCost.total(),
    recordedCostUsd: recordedCostCalls > 0 ? usdFromPicoUsd(recordedCost.total()) : null,
  };
}

/**
 * Fits what sessions cost and how that grows with their history.
 *
 * Pure: the same sessions and seed give the same model. Growth is fitted to main-thread model calls
 * whose prompt is known; totals take in every priced call. Time is linear in calls, plus the
 * bootstrap's sessions × resamples.
 */
export function fitCostModel(set: SessionSet, options: FitCostModelOptions): CostModel {
  const { book = standardPriceBook } = options;
  const totals = sumTotals(set);
  const exact = options.exact ?? totals;
  const sessions = priceSessions(set);
  const context = measureContext(set);
  const threads = listMainThreads(set, context);
  const bootstrap = { seed: options.seed, resamples: options.resamples ?? 1000 };
  const failed = findFailedSpend(set, sessions.listCostUsd);
  const { byBucket, historyShare } = sumCostByBucket(set, context, {
    totalPicoUsd: totals.listCostPicoUsd,
    book,
  });
  return {
    coverage: {
      sessions: set.sessionIds.length,
      sessionsInStore: set.sessionsInStore,
      modelCalls: exact.modelCalls,
      unpricedCalls: exact.unpricedCalls,
      unpricedTokens: exact.unpricedTokens,
      usageMissingCalls: exact.usageMissingCalls,
      recordedCostCalls: exact.recordedCostCalls,
      priceBook: book.identity,
    },
    listCostUsd: usdFromPicoUsd(exact.listCostPicoUsd),
    recordedCostUsd: exact.recordedCostUsd,
    costPerSessionUsd: summarizeSessions(sessions.listCostUsd, bootstrap),
    tokensPerSession: summarizeSessions(sessions.tokens, bootstrap),
    growth: fitGrowth(set, context, threads, bootstrap),
    historyShare,
    growthCurve: drawGrowthCurve(set, context, threads),
    byBucket: [...(exact.byBucket ?? byBucket)],
    byModel: [...(exact.byModel ?? sumCostBy(set, set.calls.model, totals.listCostPicoUsd))],
    byAgent: [...(exact.byAgent ?? sumCostBy(set, set.calls.agent, totals.listCostPicoUsd))],
    failedCostShare: failed?.failedCostShare ?? null,
    failedCostInterval95: failed?.failedCostInterval95 ?? null,
    failedCostRatio: failed?.failedCostRatio ?? null,
    topDecileShare: findTopDecileShare(sessions.listCostUsd),
    attributedShare: findAttributedShare(set),
  };
}
