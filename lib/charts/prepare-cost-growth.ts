import type { CostModel, GrowthFit, GrowthPoint } from '../cost/cost-model';
import { formatCount, formatDecimal, formatTokens, formatUsd } from '../format';
import type { ChartTable, ChartWords } from './chart-table';
import { niceTicks, wholeTicks } from './scale';

/** Mean prompt of one call, or of several neighbouring calls, parted by what was sent before. */
export interface PromptBar {
  readonly fromCall: number;
  readonly toCall: number;
  readonly newTokens: number;
  readonly resentTokens: number;
  readonly isExtrapolated: boolean;
}

/** Cumulative cost over the calls of a session, and the prompts that cause it. */
export interface CostGrowthChart extends ChartWords {
  readonly points: readonly GrowthPoint[]; // thinned; rising in `call`
  readonly bars: readonly PromptBar[];
  readonly lastCall: number;
  /** Last call that enough sessions reached; beyond it the chart is hatched. 0: none. */
  readonly observedCalls: number;
  readonly callTicks: readonly number[];
  readonly usdTicks: readonly number[];
  readonly tokenTicks: readonly number[];
}

const pointsMax = 200;
const barsMax = 40;

/**
 * Prepares the growth of a session's cost for drawing.
 *
 * Shows at most half as much again as was observed: a tail of a few long sessions says little and
 * would squeeze everything else into a corner.
 *
 * @returns null when there is no call to show
 */
export function prepareCostGrowth(
  model: Pick<CostModel, 'growthCurve' | 'growth' | 'coverage'>,
): CostGrowthChart | null {
  const curve = model.growthCurve;
  const last = curve.at(-1);
  if (last === undefined) return null;

  const observedCalls = curve.findLast((point) => !point.isExtrapolated)?.call ?? 0;
  const lastCall =
    observedCalls === 0
      ? last.call
      : Math.min(last.call, Math.max(10, Math.ceil(observedCalls * 1.5)));
  const shown = curve.filter((point) => point.call <= lastCall);
  const usdMax = Math.max(...shown.map((point) => point.costUsd.p90));
  const bars = groupBars(shown);
  const tokensMax = Math.max(...bars.map((bar) => bar.newTokens + bar.resentTokens));

  return {
    heading: describeGrowth(model.growth),
    method: describeMethod(model.growth, observedCalls, last.call),
    summary: summarize(shown, observedCalls),
    table: tabulate(shown),
    points: thin(shown, observedCalls),
    bars,
    lastCall,
    observedCalls,
    callTicks: wholeTicks(lastCall, 6).filter((tick) => tick <= lastCall),
    usdTicks: niceTicks(usdMax, 4),
    tokenTicks: niceTicks(tokensMax, 2),
  };
}

/** The finding of a growth fit, careful where the interval does not decide. */
export function describeGrowth(growth: GrowthFit | null): string {
  if (growth === null || growth.exponent === null) return 'What a session has cost after each call';
  if (growth.exponentInterval95 === null) {
    return 'What a session has cost after each call; too few sessions to say how that grows';
  }
  const [low, high] = growth.exponentInterval95;
  if (low > 1.75) return 'A session’s cost grows with the square of its length';
  if (low > 1.1) {
    return `A session’s cost grows faster than its length (exponent ${growth.exponent.toFixed(2)})`;
  }
  if (high < 0.9) return 'A session’s cost grows more slowly than its length';
  if (low <= 1 && high >= 1.5) return 'Too few long sessions to say how cost grows with length';
  return 'A session’s cost grows about in step with its length';
}

function describeMethod(growth: GrowthFit | null, observedCalls: number, lastCall: number) {
  const parts: string[] = [];
  if (growth !== null) {
    const more = growth.tokensPerCall >= 0;
    const interval = growth.interval95;
    const range =
      interval === null
        ? ''
        : ` (95 %: ${formatCount(interval[0])} to ${formatCount(interval[1])})`;
    parts.push(
      `Each call’s prompt is ${formatCount(Math.abs(growth.tokensPerCall))} tokens ${
        more ? 'longer' : 'shorter'
      } than the last${range}.`,
    );
  }
  if (observedCalls === 0) parts.push('No call number was reached by ten sessions.');
  else if (observedCalls < lastCall) {
    parts.push(`Past ${formatCount(observedCalls)} calls fewer than ten sessions are left.`);
  } else parts.push(`Over ${formatCount(observedCalls)} calls, list prices.`);
  return parts.join(' ');
}

function summarize(points: readonly GrowthPoint[], observedCalls: number): string {
  const end = points.findLast((point) => point.call <= observedCalls) ?? points.at(-1);
  if (end === undefined) return '';
  return (
    `The median of the sessions that reach call ${formatCount(end.call)} has cost ${formatUsd(end.costUsd.p50)} by then, ` +
    `and eight in ten between ${formatUsd(end.costUsd.p10)} and ${formatUsd(end.costUsd.p90)}. ` +
    `Its prompt is then ${formatTokens(end.promptTokensMean)} tokens on average, of which ` +
    `${formatTokens(end.resentTokensMean)} had been sent before.`
  );
}

function tabulate(points: readonly GrowthPoint[]): ChartTable {
  return {
    columns: ['Call', 'Sessions', 'P10', 'P25', 'P50', 'P75', 'P90', 'Prompt tokens', 'Re-sent'],
    rows: pick(points, 40).map((point) => [
      formatCount(point.call),
      `${formatCount(point.sessions)}${point.isExtrapolated ? ' (extrapolated)' : ''}`,
      ...[
        point.costUsd.p10,
        point.costUsd.p25,
        point.costUsd.p50,
        point.costUsd.p75,
        point.costUsd.p90,
      ].map((usd) => formatUsd(usd, 'exact')),
      formatDecimal(point.promptTokensMean),
      formatDecimal(point.resentTokensMean),
    ]),
  };
}

function thin(points: readonly GrowthPoint[], observedCalls: number): readonly GrowthPoint[] {
  const picked = new Set(pick(points, pointsMax));
  return points.filter((point) => picked.has(point) || point.call === observedCalls);
}

/** At most `count` items at even distances, the first and the last among them. */
function pick<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  const step = (items.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, i) => items[Math.round(i * step)]).filter(
    (item) => item !== undefined,
  );
}

function groupBars(points: readonly GrowthPoint[]): readonly PromptBar[] {
  const size = Math.max(1, Math.ceil(points.length / barsMax));
  const bars: PromptBar[] = [];
  for (let start = 0; start < points.length; start += size) {
    const group = points.slice(start, start + size);
    const first = group[0];
    const last = group.at(-1);
    if (first === undefined || last === undefined) continue;
    const mean = (read: (point: GrowthPoint) => number) =>
      group.reduce((sum, point) => sum + read(point), 0) / group.length;
    const resentTokens = mean((point) => point.resentTokensMean);
    bars.push({
      fromCall: first.call,
      toCall: last.call,
      resentTokens,
      newTokens: Math.max(0, mean((point) => point.promptTokensMean) - resentTokens),
      isExtrapolated: first.isExtrapolated,
    });
  }
  return bars;
}
