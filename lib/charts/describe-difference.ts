import type { CostDifference, DifferenceExplanation, DifferenceLine } from '../cost/cost-anatomy';
import { formatCount, formatCounted, formatDecimal, formatPercent, formatUsd } from '../format';
import { shareOf, usdOf } from './exact-usd';
import { nameBucket } from './name-bucket';

/** One line of list against recorded cost, in words. */
export interface DifferenceRow {
  readonly model: string;
  readonly calls: string;
  readonly list: string;
  readonly recorded: string;
  readonly difference: string; //   of list cost
  readonly explanation: string;
}

/** The finding: how far recorded costs are from list cost, and whether that is understood. */
export function describeDifference(difference: CostDifference): string {
  if (difference.calls === 0) return 'Recorded costs cannot be compared: no such call has a price';
  const share = shareOf(difference.recordedCostPicoUsd, difference.listCostPicoUsd);
  const isAllEqual = difference.lines.every((line) => line.explanation.kind === 'equal');
  if (isAllEqual) return 'Recorded costs are list costs';
  const unexplained = difference.lines.filter((line) => line.explanation.kind === 'unexplained');
  const hidden = difference.lines.some((line) => line.explanation.kind === 'hidden_caching');
  const amount =
    share === null
      ? 'Recorded costs differ from list'
      : `Recorded: ${formatPercent(share)} of list`;
  if (unexplained.length > 0) {
    return `${amount}; ${formatCounted(unexplained.length, 'model')} without an explanation`;
  }
  return hidden
    ? `${amount}: cache reads were charged that the trace does not count`
    : `${amount}, and explained`;
}

/** Why costs at list prices are not what was paid, in words. */
export interface ListBasis {
  readonly title: string;
  readonly text: string;
  /** Recorded costs show a cache at work that the trace does not count. */
  readonly isCacheHidden: boolean;
}

/** Below this share of list cost, recorded and list cost are the same for what rests on either. */
const notableShare = 0.02;

/**
 * Says how far what was recorded is from the list prices that models, replays and forecasts rest on.
 *
 * @returns null where nothing can be compared or both are the same
 */
export function describeListBasis(difference: CostDifference | null): ListBasis | null {
  if (difference === null || difference.calls === 0) return null;
  const share = shareOf(difference.recordedCostPicoUsd, difference.listCostPicoUsd);
  if (share === null || Math.abs(share - 1) < notableShare) return null;
  const isOf = (kind: DifferenceExplanation['kind']) =>
    difference.lines.some(({ explanation }) => explanation.kind === kind);
  const isCacheHidden = isOf('hidden_caching');
  const why = isCacheHidden
    ? 'cache reads were charged that the trace does not count'
    : isOf('unexplained')
      ? 'nothing found explains it whole'
      : 'the Cost page says why';
  return {
    title: `Recorded costs are ${formatPercent(share)} of list: ${why}; what follows is at list prices`,
    text: isCacheHidden
      ? `${describeCompared(difference)} What a cache saves in a replay is, as far as that cache goes, saved already.`
      : describeCompared(difference),
    isCacheHidden,
  };
}

/** How many calls are compared, and which cannot be. */
export function describeCompared(difference: CostDifference): string {
  const parts = [
    `${formatCounted(difference.calls, 'call')} with both: ${formatUsd(usdOf(difference.listCostPicoUsd))} at list, ${formatUsd(usdOf(difference.recordedCostPicoUsd))} recorded.`,
  ];
  if (difference.recordedOnlyCalls > 0) {
    parts.push(`${formatCount(difference.recordedOnlyCalls)} recorded without a list price.`);
  }
  if (difference.listOnlyCalls > 0) {
    parts.push(`${formatCount(difference.listOnlyCalls)} priced with nothing recorded.`);
  }
  return parts.join(' ');
}

/** Lines of the comparison in words. */
export function prepareDifference(difference: CostDifference): DifferenceRow[] {
  return difference.lines.map((line) => ({
    model: nameModel(line),
    calls: formatCount(line.calls),
    list: formatUsd(usdOf(line.listCostPicoUsd)),
    recorded: formatUsd(usdOf(line.recordedCostPicoUsd)),
    difference: differenceOf(line),
    explanation: explain(line.explanation),
  }));
}

/** A model and its service tier, where that is not the standard one. */
function nameModel({ model, serviceTier }: DifferenceLine): string {
  const name = model ?? 'not recorded';
  const isUsual = serviceTier === null || ['standard', 'default'].includes(serviceTier);
  return isUsual ? name : `${name}, ${serviceTier}`;
}

function differenceOf({ listCostPicoUsd, recordedCostPicoUsd }: DifferenceLine): string {
  const share = shareOf(recordedCostPicoUsd, listCostPicoUsd);
  if (share === null) return formatPercent(null);
  const change = share - 1;
  if (Math.abs(change) < 5e-5) return formatPercent(0);
  return `${change < 0 ? '−' : '+'}${formatPercent(Math.abs(change))}`;
}

/** Why a recorded cost differs from list cost, in a sentence. */
export function explain(explanation: DifferenceExplanation): string {
  switch (explanation.kind) {
    case 'equal':
      return 'Equal.';
    case 'hidden_caching':
      return `A cache that the trace does not count: the discounts of ${formatCounted(explanation.discountedCalls, 'call')} imply ${formatCount(explanation.impliedCachedTokens)} cached tokens, ${formatPercent(explanation.impliedCachedShare)} of the prompts; ${formatCount(explanation.wholeBlockCalls)} of them are whole multiples of ${explanation.blockTokens}.`;
    case 'constant_ratio':
      return `One ratio for all: ${formatDecimal(explanation.ratio)} of list (P5 ${formatDecimal(explanation.ratioP5)}, P95 ${formatDecimal(explanation.ratioP95)}). A batch, a contract or a surcharge.`;
    case 'reasoning_apart':
      return explanation.direction === 'left_out'
        ? `The recorded cost leaves out ${formatCount(explanation.reasoningTokens)} tokens of reasoning.`
        : `The recorded cost holds ${formatCount(explanation.reasoningTokens)} tokens of reasoning twice.`;
    case 'other_price':
      return `Other unit prices, in USD per million tokens: ${explanation.usdPerMtok
        .map(
          ({ bucket, recorded, list }) =>
            `${nameBucket(bucket).toLowerCase()} ${formatDecimal(recorded)} where the book has ${formatDecimal(list)}`,
        )
        .join(', ')}.`;
    case 'unexplained':
      return 'Not explained by a cache, a ratio, reasoning or other unit prices.';
    default:
      return explanation satisfies never;
  }
}
