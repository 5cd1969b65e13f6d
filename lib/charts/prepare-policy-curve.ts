import type { ReplayOutcome, ReplayPoint } from '../cost/replay/replay-outcome';
import { formatCount, formatDecimal, formatTokens, formatUsd } from '../format';
import type { ChartTable, ChartWords } from './chart-table';
import { niceTicks, wholeTicks } from './scale';

/** What the two sides of a comparison are called on a chart. */
export interface SideNames {
  readonly a: string; //  `today`
  readonly b: string; //  `changed`
}

/** Cumulative cost over the calls of a session on two sides, and the prompts that cause it. */
export interface PolicyCurveChart extends ChartWords {
  readonly points: readonly ReplayPoint[]; // rising in `call`
  readonly names: SideNames;
  /** Whether the second side is drawn: not where it is the first. */
  readonly hasChange: boolean;
  /** Which sides are worked out from measured calls and were not themselves measured. */
  readonly isModelled: ModelledSides;
  /** Where the median of each drawn side ends, and what it is there; none where it is not known. */
  readonly ends: readonly LineEnd[];
  readonly lastCall: number;
  /** Last call that ten sessions reached; beyond it the chart is hatched. 0: none. */
  readonly observedCalls: number;
  readonly callTicks: readonly number[];
  readonly usdTicks: readonly number[];
  readonly tokenTicks: readonly number[];
}

/** The last point of a side's line. */
export interface LineEnd {
  readonly side: 'a' | 'b';
  readonly call: number;
  readonly usd: number;
}

/** Whether a side is modelled: drawn dashed, where what was measured is solid. */
export interface ModelledSides {
  readonly a: boolean;
  readonly b: boolean;
}

interface PolicyCurveOptions {
  readonly names: SideNames;
  readonly hasChange: boolean;
  readonly isModelled: ModelledSides;
}

const sessionsMin = 10;

/**
 * Prepares what sessions cost call by call on two sides, on one axis.
 *
 * Shows at most half as many calls again as ten sessions reached.
 *
 * @returns null when there is no call to show
 */
export function preparePolicyCurve(
  { curve }: Pick<ReplayOutcome, 'curve'>,
  { names, hasChange, isModelled }: PolicyCurveOptions,
): PolicyCurveChart | null {
  const last = curve.at(-1);
  if (last === undefined) return null;
  const observedCalls = curve.findLast((point) => point.sessions >= sessionsMin)?.call ?? 0;
  const lastCall =
    observedCalls === 0
      ? last.call
      : Math.min(last.call, Math.max(10, Math.ceil(observedCalls * 1.5)));
  const points = curve.filter((point) => point.call <= lastCall);
  const usdMax = maxOf(
    points.flatMap(({ todayUsd, changedUsd }) => [todayUsd.p90, hasChange ? changedUsd.p90 : 0]),
  );
  const tokensMax = maxOf(
    points.flatMap((point) => [
      point.todayPromptTokensMean,
      hasChange ? point.changedPromptTokensMean : 0,
    ]),
  );
  const shared = points.filter(isOnBothSides);
  const end = shared.findLast((point) => point.call <= observedCalls) ?? shared.at(-1) ?? last;
  return {
    heading: describeCurve(end, names, hasChange),
    method: describeMethod(observedCalls, last.call, [
      ...(isModelled.a ? [names.a] : []),
      ...(isModelled.b && hasChange ? [names.b] : []),
    ]),
    summary: summarize(end, names, hasChange),
    table: tabulate(points, names, hasChange),
    points,
    names,
    hasChange,
    isModelled,
    ends: endsOf(points, hasChange),
    lastCall,
    observedCalls,
    callTicks: wholeTicks(lastCall, 6).filter((tick) => tick <= lastCall),
    usdTicks: niceTicks(usdMax, 4),
    tokenTicks: niceTicks(tokensMax, 2),
  };
}

/** The largest number; one that is not known is none. */
function maxOf(values: readonly number[]): number {
  return Math.max(0, ...values.filter(Number.isFinite));
}

function isOnBothSides({ todayUsd, changedUsd }: ReplayPoint): boolean {
  return Number.isFinite(todayUsd.p50) && Number.isFinite(changedUsd.p50);
}

/** Two groups of sessions end at different calls, so each line has an end of its own. */
function endsOf(points: readonly ReplayPoint[], hasChange: boolean): LineEnd[] {
  const endOf = (side: LineEnd['side'], usdOf: (point: ReplayPoint) => number): LineEnd[] => {
    const end = points.findLast((point) => Number.isFinite(usdOf(point)));
    return end === undefined ? [] : [{ side, call: end.call, usd: usdOf(end) }];
  };
  return [
    ...endOf('a', ({ todayUsd }) => todayUsd.p50),
    ...(hasChange ? endOf('b', ({ changedUsd }) => changedUsd.p50) : []),
  ];
}

function describeCurve(end: ReplayPoint, { a, b }: SideNames, hasChange: boolean): string {
  const at = `The median of the sessions that reach call ${formatCount(end.call)} has cost`;
  const cost = formatUsd(end.todayUsd.p50);
  if (!hasChange) return `${at} ${cost} by then ${a}`;
  return `${at} ${cost} by then ${a} and ${formatUsd(end.changedUsd.p50)} ${b}`;
}

function describeMethod(
  observedCalls: number,
  lastCall: number,
  modelled: readonly string[],
): string {
  const parts = ['Cumulative list cost over the sessions that reach a call, band P10 to P90.'];
  if (modelled.length > 0) {
    parts.push(
      `Dashed: ${modelled.join(' and ')}, worked out call by call from the measured ones.`,
    );
  }
  if (observedCalls === 0) parts.push('No call number was reached by ten sessions.');
  else if (observedCalls < lastCall) {
    parts.push(`Past ${formatCount(observedCalls)} calls fewer than ten sessions are left.`);
  }
  return parts.join(' ');
}

function summarize(end: ReplayPoint, { a, b }: SideNames, hasChange: boolean): string {
  const side = (name: string, usd: ReplayPoint['todayUsd'], prompt: number) =>
    `${name} the median of the sessions that reach call ${formatCount(end.call)} has cost ${formatUsd(usd.p50)} by then, eight in ten between ${formatUsd(usd.p10)} and ${formatUsd(usd.p90)}, and its prompt is ${formatTokens(prompt)} tokens on average.`;
  const first = side(`${upperFirst(a)},`, end.todayUsd, end.todayPromptTokensMean);
  if (!hasChange) return first;
  return `${first} ${side(`${upperFirst(b)},`, end.changedUsd, end.changedPromptTokensMean)}`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function tabulate(
  points: readonly ReplayPoint[],
  { a, b }: SideNames,
  hasChange: boolean,
): ChartTable {
  const columnsOf = (name: string) => [
    `P10 ${name}`,
    `P50 ${name}`,
    `P90 ${name}`,
    `Prompt tokens ${name}`,
  ];
  const valuesOf = (usd: ReplayPoint['todayUsd'], prompt: number) => [
    usd.p10,
    usd.p50,
    usd.p90,
    prompt,
  ];
  const values = points.map((point) => [
    point.call,
    point.sessions,
    ...valuesOf(point.todayUsd, point.todayPromptTokensMean),
    ...(hasChange ? valuesOf(point.changedUsd, point.changedPromptTokensMean) : []),
  ]);
  return {
    columns: ['Call', 'Sessions', ...columnsOf(a), ...(hasChange ? columnsOf(b) : [])],
    rows: values.map((row) =>
      row.map((value, index) =>
        index < 2
          ? formatCount(value)
          : (index - 1) % 4 === 0
            ? formatDecimal(value)
            : formatUsd(value, 'exact'),
      ),
    ),
    values,
  };
}
