import type { GrowthCurves, GrowthGroup, MeasuredPoint } from '../cost/growth-model';
import { formatCount, formatCounted, formatTokens, formatUsd } from '../format';
import type { ChartTable, ChartWords } from './chart-table';
import { describeTwice, judgeExponent } from './describe-exponent';
import { describeGrowthMethod } from './describe-growth-method';
import type { PromptBar } from './prepare-cost-growth';
import { niceTicks, wholeTicks } from './scale';

/** What the upper part shows. */
export type GrowthMeasure = 'cost' | 'tokens';

/** Quantiles over the sessions that got so far, in dollars or tokens. */
export interface GrowthCurvePoint {
  readonly at: number;
  readonly sessions: number;
  readonly p10: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
}

/** One point of the fitted curve with its 95 % band. */
export interface FittedCurvePoint {
  readonly at: number;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly contextTokens: number;
}

/** A level of the prompt that is drawn as a line, or named where it lies above the scale. */
export interface PromptLevel {
  readonly tokens: number;
  readonly label: string;
  readonly isAbove: boolean;
}

/** Cumulative cost or tokens over calls or turns, measured and fitted, and the prompts below. */
export interface GrowthCurveChart extends ChartWords {
  readonly unit: GrowthCurves['unit'];
  readonly measure: GrowthMeasure;
  readonly last: number;
  /** Last call or turn that ten sessions reached; beyond it the chart is hatched. 0: none. */
  readonly observed: number;
  readonly measured: readonly GrowthCurvePoint[];
  readonly fitted: readonly FittedCurvePoint[];
  readonly bars: readonly PromptBar[];
  readonly levels: readonly PromptLevel[];
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  readonly tokenTicks: readonly number[];
}

const barsMax = 40;
const tableRows = 40;

/** A level that would squeeze the prompts into the lower third of their scale is only named. */
const levelReach = 3;

/**
 * Prepares growth over calls or turns for drawing.
 *
 * @param main all main threads together
 * @param measure what is shown; cost falls back to nothing where no session is priced
 * @returns null where there is nothing to draw
 */
export function prepareGrowthCurve(
  curves: GrowthCurves,
  main: GrowthGroup,
  measure: GrowthMeasure,
): GrowthCurveChart | null {
  const measured = curves.measured.flatMap((point) => readPoint(point, measure));
  if (measured.length === 0) return null;
  const fitted = readFitted(curves, measure);
  const last = Math.max(measured.at(-1)?.at ?? 1, fitted.at(-1)?.at ?? 1);
  const top = Math.max(
    ...measured.filter((point) => point.at <= Math.max(1, curves.observed)).map(({ p90 }) => p90),
    ...fitted.map(({ value }) => value),
  );
  const bars = groupBars(curves.measured, curves.observed);
  const promptMax = Math.max(
    ...bars.map((bar) => bar.newTokens + bar.resentTokens),
    ...fitted.map((point) => point.contextTokens),
  );
  const levels = listLevels(main, promptMax, curves.isCutBack);
  const drawnLevels = levels.filter((level) => !level.isAbove).map((level) => level.tokens);
  return {
    unit: curves.unit,
    measure,
    heading: describeCurve(curves, main, measure),
    method: describeGrowthMethod(curves, main),
    summary: summarize(curves, measured, fitted, measure),
    table: tabulate(curves, measured, fitted, measure),
    last,
    observed: curves.observed,
    measured,
    fitted,
    bars,
    levels,
    // The name of the axis stands at its end.
    xTicks: wholeTicks(last, 6).filter((tick) => tick <= 0.96 * last),
    yTicks: niceTicks(top, 4),
    tokenTicks: niceTicks(Math.max(promptMax, ...drawnLevels), 3),
  };
}

function readPoint(point: MeasuredPoint, measure: GrowthMeasure): GrowthCurvePoint[] {
  const quantiles = measure === 'cost' ? point.costUsd : point.promptTokens;
  if (quantiles === null) return [];
  const sessions = measure === 'cost' ? point.pricedSessions : point.sessions;
  return [{ at: point.at, sessions, ...quantiles }];
}

function readFitted({ fitted }: GrowthCurves, measure: GrowthMeasure): FittedCurvePoint[] {
  return fitted.flatMap(({ at, contextTokens, promptTokens, costUsd }) => {
    const band = measure === 'cost' ? costUsd : promptTokens;
    return band === null ? [] : [{ at, contextTokens, ...band }];
  });
}

const nouns = { call: ['call', 'calls'], turn: ['turn', 'turns'] } as const;

function describeCurve(curves: GrowthCurves, main: GrowthGroup, measure: GrowthMeasure): string {
  const { exponent } = main;
  const what = measure === 'cost' ? 'What a session has cost' : 'What a session has sent';
  const pace = judgeExponent(exponent);
  if (exponent === null || pace === 'unknown') {
    return `${what} after each ${curves.unit}; too few sessions to say how that grows`;
  }
  if (pace === 'undecided') return 'Too few long sessions to say how cost grows with length';
  const twice = describeTwice(exponent);
  const finding = `${twice.charAt(0).toUpperCase()}${twice.slice(1)}`;
  if (pace === 'full_replay') return `${finding}: history is sent again in full`;
  if (pace === 'faster') return `${finding}: cost grows faster than length`;
  if (pace === 'slower') return `${finding}: cost grows more slowly than length`;
  return `${finding}: cost grows about in step with length`;
}

const formatOf = (measure: GrowthMeasure) => (value: number) =>
  measure === 'cost' ? formatUsd(value, 'exact') : formatTokens(value);

function summarize(
  curves: GrowthCurves,
  measured: readonly GrowthCurvePoint[],
  fitted: readonly FittedCurvePoint[],
  measure: GrowthMeasure,
): string {
  const format = formatOf(measure);
  const [one, many] = nouns[curves.unit];
  const end = measured.findLast((point) => point.at <= curves.observed) ?? measured.at(-1);
  if (end === undefined) return '';
  const verb = measure === 'cost' ? 'cost' : 'sent';
  const unit = measure === 'cost' ? '' : ' prompt tokens';
  const seen = `After ${formatCounted(end.at, one, many)} the median session has ${verb} ${format(end.p50)}${unit}, and eight in ten between ${format(end.p10)} and ${format(end.p90)}.`;
  const beyond = fitted.at(-1);
  if (beyond === undefined || beyond.at <= end.at) return seen;
  const band =
    beyond.low === null || beyond.high === null
      ? ''
      : ` (95 %: ${format(beyond.low)} to ${format(beyond.high)})`;
  return `${seen} Extrapolated to ${formatCount(beyond.at)} ${many} it is ${format(beyond.value)}${unit} in the mean${band}.`;
}

function tabulate(
  curves: GrowthCurves,
  measured: readonly GrowthCurvePoint[],
  fitted: readonly FittedCurvePoint[],
  measure: GrowthMeasure,
): ChartTable {
  const format = formatOf(measure);
  const pointAt = new Map(measured.map((point) => [point.at, point]));
  const fitAt = new Map(fitted.map((point) => [point.at, point]));
  const places = [...new Set([...pointAt.keys(), ...fitAt.keys()])].sort((a, b) => a - b);
  const step = Math.max(1, Math.ceil(places.length / tableRows));
  const shown = places.filter((_, i) => i % step === 0 || i === places.length - 1);
  return {
    columns: [
      curves.unit === 'call' ? 'Call' : 'Turn',
      'Sessions',
      'P10',
      'P25',
      'P50',
      'P75',
      'P90',
      'Fitted',
      'Fitted, 95 % low',
      'Fitted, 95 % high',
      'Fitted prompt',
    ],
    rows: shown.map((at) => {
      const point = pointAt.get(at);
      const fit = fitAt.get(at);
      const cell = (value: number | null | undefined) =>
        value === null || value === undefined ? '—' : format(value);
      return [
        `${formatCount(at)}${at > curves.observed ? ' (extrapolated)' : ''}`,
        formatCount(point?.sessions ?? 0),
        ...[point?.p10, point?.p25, point?.p50, point?.p75, point?.p90].map(cell),
        ...[fit?.value, fit?.low, fit?.high].map(cell),
        formatCount(fit?.contextTokens),
      ];
    }),
  };
}

/** Neighbouring calls share a bar where there are too many to tell apart. */
function groupBars(points: readonly MeasuredPoint[], observed: number): PromptBar[] {
  const size = Math.max(1, Math.ceil(points.length / barsMax));
  const bars: PromptBar[] = [];
  for (let start = 0; start < points.length; start += size) {
    const group = points.slice(start, start + size);
    const mean = (read: (point: MeasuredPoint) => number) =>
      group.reduce((sum, point) => sum + read(point), 0) / group.length;
    const fromCall = (points[start - 1]?.at ?? 0) + 1;
    const resentTokens = mean((point) => point.resentTokensMean);
    bars.push({
      fromCall,
      toCall: group.at(-1)?.at ?? fromCall,
      resentTokens,
      newTokens: Math.max(0, mean((point) => point.contextTokensMean) - resentTokens),
      isExtrapolated: fromCall > observed,
    });
  }
  return bars;
}

/** The context window and, where it is usual, the size at which history is cut back. */
function listLevels(main: GrowthGroup, promptMax: number, isCutBack: boolean): PromptLevel[] {
  const levels: PromptLevel[] = [];
  const add = (tokens: number, label: string) =>
    levels.push({ tokens, label, isAbove: tokens > promptMax * levelReach });
  if (main.contextWindowTokens !== null) {
    add(main.contextWindowTokens, `context window ${formatTokens(main.contextWindowTokens)}`);
  }
  if (isCutBack && main.plateau !== null) {
    const { p50 } = main.plateau.thresholdTokens;
    add(p50, `cut back at ${formatTokens(p50)}`);
  }
  return levels;
}
