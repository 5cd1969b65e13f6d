import { quantile } from '../../stats/quantile';
import type { DifferenceExplanation } from '../cost-anatomy';
import { type ComparedCall, isEqual, isNear, nearlyAll, unitPriceOf } from './difference-group';
import { fitOtherPrices } from './fit-other-prices';

/** Fewer calls than this could agree with anything by chance. */
const minCalls = 3;

/** Blocks in which vendors count cached tokens: OpenAI 128, DeepSeek 64 (their pages, 2026). */
const blockSizes = [128, 64] as const;

/** How far from a whole number of tokens an implied one may be: recorded costs are rounded. */
const tokenTolerance = 0.5;

/** Width of the middle nine tenths of ratios that are still one ratio. */
const ratioSpread = 0.01;

/**
 * Says why the recorded costs of one model differ from list cost, or that nothing here does.
 *
 * The first explanation that holds for 95 % of the calls is given: equal; a cache that was charged
 * and not counted, told by whole blocks of tokens; reasoning that only one of the costs holds; one
 * ratio for all; other unit prices.
 *
 * @param calls calls of one model and service tier that have both costs
 */
export function explainDifference(calls: readonly ComparedCall[]): DifferenceExplanation {
  if (shareOf(calls, isEqual) >= nearlyAll && isSumEqual(calls)) return { kind: 'equal' };
  return (
    findHiddenCaching(calls) ??
    findReasoningApart(calls) ??
    findConstantRatio(calls) ??
    fitOtherPrices(calls) ?? { kind: 'unexplained' }
  );
}

function shareOf(calls: readonly ComparedCall[], holds: (call: ComparedCall) => boolean): number {
  return calls.filter(holds).length / calls.length;
}

const sumOf = (calls: readonly ComparedCall[], amount: (call: ComparedCall) => number) =>
  calls.reduce((sum, call) => sum + amount(call), 0);

function isSumEqual(calls: readonly ComparedCall[]): boolean {
  const list = sumOf(calls, (call) => call.listPicoUsd);
  return isNear(
    sumOf(calls, (call) => call.recordedPicoUsd),
    list,
    list,
  );
}

/** Fresh tokens that must have been charged as cache reads for the recorded cost to be right. */
function impliedCachedTokens(call: ComparedCall): number {
  const saved = unitPriceOf(call, 'inputFresh') - unitPriceOf(call, 'cacheRead');
  return saved > 0 ? (call.listPicoUsd - call.recordedPicoUsd) / saved : Number.NaN;
}

function isWholeBlocks(tokens: number, block: number): boolean {
  return Math.abs(tokens - block * Math.round(tokens / block)) <= tokenTolerance;
}

function findHiddenCaching(calls: readonly ComparedCall[]): DifferenceExplanation | null {
  const discounted = calls.filter(
    (call) => !isEqual(call) && call.recordedPicoUsd < call.listPicoUsd,
  );
  const isUnderstood = discounted.length + calls.filter(isEqual).length >= nearlyAll * calls.length;
  if (discounted.length < minCalls || !isUnderstood) return null;
  const implied = discounted.map(impliedCachedTokens);
  const isPossible = (tokens: number, i: number) =>
    tokens > 0 && tokens <= (discounted[i]?.tokens.inputFresh ?? 0) + tokenTolerance;
  for (const blockTokens of blockSizes) {
    const whole = implied.filter(
      (tokens, i) => isPossible(tokens, i) && isWholeBlocks(tokens, blockTokens),
    );
    if (whole.length < nearlyAll * discounted.length) continue;
    const cached = whole.reduce((sum, tokens) => sum + Math.round(tokens), 0);
    return {
      kind: 'hidden_caching',
      discountedCalls: discounted.length,
      blockTokens,
      wholeBlockCalls: whole.length,
      impliedCachedTokens: cached,
      impliedCachedShare: cached / sumOf(calls, (call) => call.promptTokens),
    };
  }
  return null;
}

function findReasoningApart(calls: readonly ComparedCall[]): DifferenceExplanation | null {
  const reasoning = calls.filter((call) => call.tokens.reasoning > 0);
  if (reasoning.length < minCalls) return null;
  const explains = (sign: 1 | -1) => (call: ComparedCall) =>
    isNear(
      call.listPicoUsd - call.recordedPicoUsd,
      sign * call.tokens.reasoning * (unitPriceOf(call, 'reasoning') || 0),
      call.listPicoUsd,
    );
  const reasoningTokens = sumOf(calls, (call) => call.tokens.reasoning);
  if (shareOf(calls, explains(1)) >= nearlyAll) {
    return { kind: 'reasoning_apart', direction: 'left_out', reasoningTokens };
  }
  if (shareOf(calls, explains(-1)) >= nearlyAll) {
    return { kind: 'reasoning_apart', direction: 'added', reasoningTokens };
  }
  return null;
}

function findConstantRatio(calls: readonly ComparedCall[]): DifferenceExplanation | null {
  const charged = calls.filter((call) => call.listPicoUsd > 0);
  if (charged.length < minCalls) return null;
  const ratios = charged.map((call) => call.recordedPicoUsd / call.listPicoUsd);
  const [ratioP5, ratio, ratioP95] = [0.05, 0.5, 0.95].map((p) => quantile(ratios, p));
  if (ratioP95 - ratioP5 > ratioSpread * ratio) return null;
  return { kind: 'constant_ratio', ratio, ratioP5, ratioP95 };
}
