import { callKindCode } from '../../sessions/session';
import { quantile } from '../../stats/quantile';
import { priceBucket } from '../price-call';
import { isMetered } from '../price-session';
import { findRowPrices } from '../row-prices';
import { firstCell, outputCell, reasoningCell, statesPerPart } from './call-cells';
import type { CellSums } from './cell-sums';
import type { AnatomyInput } from './dissect-calls';

/** What makes one session dearer than another, as far as usage tells. */
export interface SessionFeatures {
  readonly costUsd: number;
  readonly calls: number; //                with a price
  readonly newTokensPerCall: number;
  readonly answerTokensPerCall: number; //  output and reasoning
  readonly historyShare: number; //         of the input cost, 0–1
  readonly missedShare: number; //          of re-sent tokens, those that no cache gave, 0–1
  readonly errorShare: number; //           of the cost, 0–1
  readonly resetShare: number; //           of the cost, 0–1
}

/** Amounts of every session that its cells do not hold. */
export interface SessionExtras {
  readonly resentTokens: Float64Array; //   standing prefix and history, of calls with a price
  readonly missedTokens: Float64Array; //   of those, what was not read from a cache
  readonly errorPicoUsd: Float64Array; //   calls that failed, or that answer a tool call that did
  readonly resetPicoUsd: Float64Array; //   input of the first call after a context reset
}

/** Measures every session once. */
export function measureExtras({ set, context }: Omit<AnatomyInput, 'book'>): SessionExtras {
  const { calls } = set;
  const perSession = () => new Float64Array(set.sessionIds.length);
  const extras = {
    resentTokens: perSession(),
    missedTokens: perSession(),
    errorPicoUsd: perSession(),
    resetPicoUsd: perSession(),
  };
  const failedIn = new Set<number>();
  for (let row = 0; row < calls.length; row++) {
    const thread = calls.thread[row];
    if (calls.kind[row] === callKindCode.tool && calls.hasError[row] === 1) failedIn.add(thread);
    if (!isMetered(set, row)) continue;
    const isAfterFailure = failedIn.delete(thread);
    const cost = calls.listCostPicoUsd[row];
    if (Number.isNaN(cost)) continue;
    const session = calls.session[row];
    const resent = context.resentTokens[row] || 0;
    extras.resentTokens[session] += resent;
    extras.missedTokens[session] += Math.max(0, resent - (calls.cacheRead[row] || 0));
    if (isAfterFailure || calls.hasError[row] === 1) extras.errorPicoUsd[session] += cost;
    if (context.isContextReset[row] === 1) {
      extras.resetPicoUsd[session] += calls.inputCostPicoUsd[row] || 0;
    }
  }
  return extras;
}

/** Features of one session; null where none of its calls has a price. */
export function featuresOf(
  sums: CellSums,
  session: number,
  extras: SessionExtras,
): SessionFeatures | null {
  if (sums.pricedCalls === 0) return null;
  let newTokens = 0;
  for (let state = 0; state < statesPerPart; state++) {
    newTokens += sums.tokens[firstCell.newInput + state];
  }
  const cost = Number(sums.total());
  const input = Number(sums.inputCost());
  const share = (part: number, of: number) => (of > 0 ? part / of : 0);
  return {
    costUsd: cost / 1e12,
    calls: sums.pricedCalls,
    newTokensPerCall: newTokens / sums.pricedCalls,
    answerTokensPerCall: (sums.tokens[outputCell] + sums.tokens[reasoningCell]) / sums.pricedCalls,
    historyShare: share(Number(sums.costOfPart('resentHistory')), input),
    missedShare: share(extras.missedTokens[session], extras.resentTokens[session]),
    errorShare: share(extras.errorPicoUsd[session], cost),
    resetShare: share(extras.resetPicoUsd[session], cost),
  };
}

/** Median of every feature over sessions with a price; null where there is none. */
export function medianFeatures(all: readonly (SessionFeatures | null)[]): SessionFeatures | null {
  const priced = all.filter((features) => features !== null);
  if (priced.length === 0) return null;
  const median = (feature: keyof SessionFeatures) =>
    quantile(
      priced.map((features) => features[feature]),
      0.5,
    );
  return {
    costUsd: median('costUsd'),
    calls: median('calls'),
    newTokensPerCall: median('newTokensPerCall'),
    answerTokensPerCall: median('answerTokensPerCall'),
    historyShare: median('historyShare'),
    missedShare: median('missedShare'),
    errorShare: median('errorShare'),
    resetShare: median('resetShare'),
  };
}

/**
 * What re-sent tokens outside the cache cost beyond the price of a cache read, in dollars.
 *
 * Calls of models without a price for cache reads are left out: nothing could have been saved there.
 */
export function priceMisses(
  { set, context, book }: AnatomyInput,
  rows: readonly [number, number],
): number {
  const { calls } = set;
  let picoUsd = 0;
  for (let row = rows[0]; row < rows[1]; row++) {
    const read = calls.cacheRead[row] || 0;
    const missed = Math.max(0, (context.resentTokens[row] || 0) - read);
    if (missed === 0 || Number.isNaN(calls.listCostPicoUsd[row])) continue;
    const prices = findRowPrices(set, row, book);
    if (prices === null) continue;
    const prompt = context.promptTokens[row];
    const outsideTokens = prompt - read;
    const readCost = priceBucket('cacheRead', read, prompt, prices);
    const asRead = priceBucket('cacheRead', 1, prompt, prices);
    const paid = (calls.inputCostPicoUsd[row] - readCost) / outsideTokens;
    if (Number.isNaN(paid) || Number.isNaN(asRead)) continue;
    picoUsd += missed * Math.max(0, paid - asRead);
  }
  return picoUsd / 1e12;
}
