import type { FixedCost } from './cycle-draws';
import type { Holding, LoopFigures } from './loop-record';

/** Below this measured P95 a relative error of waits says nothing: most agents do not wait. */
export const rareWaitSec = 0.002;

/** What the comparison is held to, below saturation for the wait and everywhere for throughput. */
const tolerance = { throughput: 0.03, waitP95: 0.1 } as const;

/** One load, measured and predicted. */
export interface ComparedPoint {
  readonly holding: Holding;
  readonly agents: number;
  /** Agents ÷ knee; the loop counts as saturated from 1 on. */
  readonly kneeShare: number;
  readonly measured: LoopFigures;
  /** The engine, on the same draws in the same order, fixed costs added. */
  readonly engine: LoopFigures;
  /** A schedule worked out from the same durations by code that the engine has no part in. */
  readonly replay: LoopFigures;
  /** The engine on the durations as they were really played, which leaves only the pool to differ. */
  readonly asPlayed: LoopFigures;
  /** What agents' timetables allow for beyond the draws: measured just before, unloaded. */
  readonly fixedCost: FixedCost;
  /** Mean cost of a query beyond its draw during the run, in seconds; predictions allow for it. */
  readonly queryCostSecMean: number;
  readonly loadAverage: number; // of the machine over a minute, after the run
}

/** Difference of a prediction from what was measured: a share of it, or seconds where that is tiny. */
export type Deviation =
  | { readonly kind: 'relative'; readonly share: number }
  | { readonly kind: 'absolute'; readonly sec: number };

/** Share by which a prediction lies above (+) or below (−) what was measured; NaN beside 0. */
export function relativeError(predicted: number, measured: number): number {
  return measured > 0 ? predicted / measured - 1 : Number.NaN;
}

/** Deviation of a wait, by the measured P95 of the waits it belongs to. */
export function waitDeviation(
  predictedSec: number,
  measuredSec: number,
  measuredSecP95: number,
): Deviation {
  return measuredSecP95 < rareWaitSec
    ? { kind: 'absolute', sec: predictedSec - measuredSec }
    : { kind: 'relative', share: relativeError(predictedSec, measuredSec) };
}

/** The worst of all points, and whether it is within the tolerance. */
export interface Verdict {
  readonly throughputErrorMax: number | null; // null: nothing was measured
  /** Of points below saturation where waits are not rare; null without any. */
  readonly waitP95ErrorMax: number | null;
  readonly isWithinTolerance: boolean | null;
}

/** Finds the worst errors of one of the predictions. */
export function judge(
  points: readonly ComparedPoint[],
  pick: (point: ComparedPoint) => LoopFigures,
): Verdict {
  const worst = (errors: readonly number[]) =>
    errors.length === 0 ? null : Math.max(...errors.map(Math.abs));
  const throughputErrorMax = worst(
    points.map((point) =>
      relativeError(pick(point).throughputPerSec, point.measured.throughputPerSec),
    ),
  );
  const waitP95ErrorMax = worst(
    points
      .filter(({ kneeShare, measured }) => kneeShare < 1 && measured.waitSecP95 >= rareWaitSec)
      .map((point) => relativeError(pick(point).waitSecP95, point.measured.waitSecP95)),
  );
  const isWithinTolerance =
    throughputErrorMax === null
      ? null
      : throughputErrorMax <= tolerance.throughput && (waitP95ErrorMax ?? 0) <= tolerance.waitP95;
  return { throughputErrorMax, waitP95ErrorMax, isWithinTolerance };
}

const formatShare = (share: number) =>
  Number.isNaN(share) ? '–' : `${share < 0 ? '−' : '+'}${(Math.abs(share) * 100).toFixed(1)} %`;

const formatMs = (sec: number) => (Number.isNaN(sec) ? '–' : (sec * 1_000).toFixed(1));

function formatDeviation(deviation: Deviation): string {
  if (deviation.kind === 'relative') return formatShare(deviation.share);
  const { sec } = deviation;
  return `${sec < 0 ? '−' : '+'}${(Math.abs(sec) * 1_000).toFixed(2)} ms`;
}

const columns: readonly (readonly [string, (point: ComparedPoint) => string])[] = [
  ['agents', ({ agents }) => String(agents)],
  ['of knee', ({ kneeShare }) => `${(kneeShare * 100).toFixed(0)} %`],
  ['X measured', ({ measured }) => measured.throughputPerSec.toFixed(2)],
  ['predicted', ({ engine }) => engine.throughputPerSec.toFixed(2)],
  ['error', (point) => throughputError(point, point.engine)],
  ['mean wait', ({ measured }) => formatMs(measured.waitSecMean)],
  ['predicted', ({ engine }) => formatMs(engine.waitSecMean)],
  ['error', (point) => meanError(point, point.engine)],
  ['P95 wait', ({ measured }) => formatMs(measured.waitSecP95)],
  ['predicted', ({ engine }) => formatMs(engine.waitSecP95)],
  ['error', (point) => quantileError(point, point.engine)],
  ['replay', (point) => quantileError(point, point.replay)],
  ['as played', (point) => quantileError(point, point.asPlayed)],
  ['in use', ({ measured }) => measured.utilization.toFixed(3)],
  ['predicted', ({ engine }) => engine.utilization.toFixed(3)],
  ['waits', ({ measured }) => String(measured.waits)],
  ['saturated', ({ kneeShare }) => (kneeShare < 1 ? 'no' : 'yes')],
];

function throughputError({ measured }: ComparedPoint, predicted: LoopFigures): string {
  return formatShare(relativeError(predicted.throughputPerSec, measured.throughputPerSec));
}

function meanError({ measured }: ComparedPoint, predicted: LoopFigures): string {
  const { waitSecMean, waitSecP95 } = measured;
  return formatDeviation(waitDeviation(predicted.waitSecMean, waitSecMean, waitSecP95));
}

function quantileError({ measured }: ComparedPoint, predicted: LoopFigures): string {
  const { waitSecP95 } = measured;
  return formatDeviation(waitDeviation(predicted.waitSecP95, waitSecP95, waitSecP95));
}

/** Writes points as a table of fixed width; throughput in cycles per second, waits in ms. */
export function formatTable(points: readonly ComparedPoint[]): string {
  const rows = [
    columns.map(([title]) => title),
    ...points.map((point) => columns.map(([, cell]) => cell(point))),
  ];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) => row.map((cell, column) => cell.padStart(widths[column])).join('  '))
    .join('\n');
}

/** Says the worst errors of a prediction in a sentence. */
export function formatVerdict(name: string, verdict: Verdict): string {
  const { throughputErrorMax, waitP95ErrorMax, isWithinTolerance } = verdict;
  if (throughputErrorMax === null) return `${name}: nothing was measured.`;
  const share = (value: number) => `${(value * 100).toFixed(1)} %`;
  const wait =
    waitP95ErrorMax === null
      ? 'waits are rare at all points below saturation, so their P95 is not judged'
      : `worst error of P95 wait below saturation ${share(waitP95ErrorMax)} (goal ${share(tolerance.waitP95)})`;
  const within = isWithinTolerance === true ? 'within both' : 'not within';
  return `${name}: worst error of throughput ${share(throughputErrorMax)} (goal ${share(tolerance.throughput)}), ${wait}: ${within}.`;
}
