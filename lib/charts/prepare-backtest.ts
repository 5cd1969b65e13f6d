import type {
  Backtest,
  BacktestPoint,
  SessionBacktest,
  TooLittle,
} from '../cost/backtest/backtest';
import { formatCount, formatCounted, formatPercent, formatUsd, notKnown } from '../format';
import type { ChartWords } from './chart-table';
import { methodWords } from './describe-backtest';

/** Which prediction of single sessions is drawn. */
export type BacktestPart = 'length' | 'prefix';

/** One session: what it cost against what it was expected to. */
export interface ScatterPoint {
  readonly sessionId: string;
  readonly actualUsd: number;
  readonly predictedUsd: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly isHeld: boolean; //             the interval holds what came; true where there is none
}

/** Predicted against actual totals on two logarithmic axes of one domain. */
export interface BacktestScatterChart extends ChartWords {
  readonly points: readonly ScatterPoint[];
  readonly domainUsd: readonly [number, number];
  readonly ticksUsd: readonly number[];
}

/** One method as a row of text. */
export interface BacktestRow {
  readonly key: string;
  readonly isBaseline: boolean;
  readonly cells: readonly string[];
}

/** Heads of the cells of {@link BacktestRow}. */
export const backtestColumns = [
  'What was known',
  'Median error',
  'Error of the total',
  'Pinball loss',
  'Inside the 80 % interval',
] as const;

const titles = {
  length: 'Longer sessions from shorter ones',
  prefix: 'Whole sessions from their first third',
} as const satisfies Record<BacktestPart, string>;

/** What a part foretells, as a heading. */
export const backtestTitle = (part: BacktestPart): string => titles[part];

/** On which sessions a part rests. */
export function describeBacktestSplit(part: BacktestPart, of: SessionBacktest): string {
  const test = formatCounted(of.testSessions, 'session');
  return part === 'length'
    ? `Fitted to the shorter half of each agent’s sessions (${formatCount(of.fitSessions)}), held against the ${test} that are longer, at their known number of calls.`
    : `Each half of ${test} foretold by what the other half taught, after a third of its calls and at its known length.`;
}

/** Errors of each method as text, ours first. */
export function listBacktestRows(of: SessionBacktest): BacktestRow[] {
  return of.methods.map((one) => ({
    key: one.method,
    isBaseline: one.method === 'mean_volume' || one.method === 'survivors',
    cells: [
      methodWords[one.method],
      formatPercent(one.medianError),
      signed(one.totalError),
      formatPercent(one.pinballLoss),
      formatPercent(one.coverage80),
    ],
  }));
}

/** A share with its sign; a true minus where it is below 0. */
function signed(share: number): string {
  const text = formatPercent(Math.abs(share));
  if (text.startsWith('<')) return text;
  if (share > 0) return `+${text}`;
  return share < 0 ? `−${text}` : text;
}

/** Mean and P95 of later sessions, as rows of text. */
export function listLaterFigures(time: Exclude<Backtest['time'], TooLittle>): BacktestRow[] {
  const { mean, p95 } = time;
  const [low, high] = mean.interval80 ?? [null, null];
  const between =
    low === null || high === null ? notKnown : `${formatUsd(low)} to ${formatUsd(high)}`;
  const rowOf = (key: string, name: string, figure: typeof mean, range: string): BacktestRow => ({
    key,
    isBaseline: false,
    cells: [
      name,
      formatUsd(figure.predictedUsd),
      range,
      formatUsd(figure.actualUsd),
      signed(figure.error),
    ],
  });
  return [
    rowOf('mean', 'Mean session', mean, between),
    rowOf('p95', 'P95 session', p95, notKnown),
    {
      key: 'survivors',
      isBaseline: true,
      cells: [methodWords.survivors, notKnown, notKnown, notKnown, signed(time.survivorsError)],
    },
  ];
}

/** Heads of the cells of later figures. */
export const laterColumns = [
  'Of later sessions',
  'Expected',
  '80 % interval',
  'Came',
  'Error',
] as const;

/** How the later sessions were told from the earlier ones, and how often the interval holds. */
export function describeLater(time: Exclude<Backtest['time'], TooLittle>): string {
  const { fitSessions, testSessions, splitBy, randomHalves } = time;
  const earlier =
    splitBy === 'time'
      ? `The first ${formatCount(fitSessions)} sessions by start against the ${formatCount(testSessions)} after them.`
      : `${formatCount(fitSessions)} sessions by chance against the other ${formatCount(testSessions)}: start times are missing.`;
  return `${earlier} Over ${formatCount(randomHalves.splits)} random halves the 80 % interval of the mean held ${formatPercent(randomHalves.coverage80)} of the time. Mean × volume gives the same mean.`;
}

const isHeld = ({ actualUsd, interval80 }: BacktestPoint) =>
  interval80 === null || (interval80[0] <= actualUsd && actualUsd <= interval80[1]);

/** Ticks at 1, 2 and 5 times powers of ten inside a domain; powers of ten where it is wide. */
function logTicks([from, to]: readonly [number, number]): number[] {
  const isWide = to / from > 50;
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power++) {
    for (const multiple of isWide ? [1] : [1, 2, 5]) {
      const tick = Number((multiple * 10 ** power).toPrecision(1));
      if (tick >= from && tick <= to) ticks.push(tick);
    }
  }
  return ticks;
}

/** Prepares predicted against actual totals for drawing. */
export function prepareBacktestScatter(of: SessionBacktest): BacktestScatterChart {
  const points = of.points.map((point) => ({
    sessionId: point.sessionId,
    actualUsd: point.actualUsd,
    predictedUsd: point.predictedUsd,
    low: point.interval80?.[0] ?? null,
    high: point.interval80?.[1] ?? null,
    isHeld: isHeld(point),
  }));
  const values = points.flatMap((point) => [point.actualUsd, point.predictedUsd]);
  const domainUsd = [Math.min(...values) / 1.3, Math.max(...values) * 1.3] as const;
  const under = points.filter((point) => point.predictedUsd < point.actualUsd).length;
  const held = points.filter((point) => point.isHeld).length;
  const counted = formatCounted(points.length, 'session');
  return {
    heading: describeLean(under, points.length),
    method:
      'Each mark is a session; its 80 % interval is dashed, and a hollow mark lies outside it.',
    summary: `Predicted against actual cost of ${counted}. ${formatCount(under)} cost more than predicted; ${formatCount(held)} lie inside their 80 % interval.`,
    table: {
      columns: ['Session', 'Calls', 'Cost', 'Predicted', 'P10', 'P90'],
      rows: of.points.map((point) => [
        point.sessionId,
        formatCount(point.calls),
        formatUsd(point.actualUsd),
        formatUsd(point.predictedUsd),
        formatUsd(point.interval80?.[0]),
        formatUsd(point.interval80?.[1]),
      ]),
      values: of.points.map((point) => [
        ...[point.sessionId, point.calls, point.actualUsd, point.predictedUsd],
        ...[point.interval80?.[0] ?? null, point.interval80?.[1] ?? null],
      ]),
    },
    points,
    domainUsd,
    ticksUsd: logTicks(domainUsd),
  };
}

/** Which way predictions lean: two of three on one side is told as that side. */
function describeLean(under: number, points: number): string {
  if (under * 3 >= points * 2) {
    return `${formatCount(under)} of ${formatCount(points)} sessions cost more than predicted`;
  }
  if (under * 3 <= points) {
    return `${formatCount(points - under)} of ${formatCount(points)} sessions cost less than predicted`;
  }
  return 'Predictions lie on both sides of what sessions cost';
}
