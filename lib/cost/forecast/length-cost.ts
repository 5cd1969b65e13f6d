import type { LengthModel } from './forecast';

/**
 * Relative cost of a session at a multiple of its calls.
 *
 * Straight lines through the points in logarithms of both, the outermost lines going on beyond them:
 * between two points cost is a power of length.
 *
 * @param lengthFactor above 0; 1 gives 1
 * @param z standard normal deviate of the exponent
 * @returns above 0
 */
export function costFactorAt(model: LengthModel, lengthFactor: number, z = 0): number {
  const at = Math.log(lengthFactor);
  return Math.exp(logCostAt(model, at) + model.exponentSd * z * at);
}

function logCostAt({ points }: LengthModel, at: number): number {
  const first = points[0];
  if (first === undefined || points.length === 1) return at;
  let upper = points.findIndex((point) => Math.log(point.lengthFactor) >= at);
  if (upper === -1) upper = points.length - 1;
  upper = Math.max(1, upper);
  const low = points[upper - 1] ?? first;
  const high = points[upper] ?? first;
  const from = Math.log(low.lengthFactor);
  const slope =
    (Math.log(high.costFactor) - Math.log(low.costFactor)) / (Math.log(high.lengthFactor) - from);
  return Math.log(low.costFactor) + slope * (at - from);
}

/** How sure the exponent of cumulative cost within sessions is. */
export interface ExponentFit {
  readonly exponent: number | null; //  null: sessions are too short for one
  readonly exponentInterval95: readonly [number, number] | null;
}

/** Standard deviations from end to end of a 95 % interval. */
const interval95Sds = 2 * 1.959963984540054;

/** Spread of a fitted exponent, one standard deviation; 0 where there is none to go by. */
function spreadOf(fit: ExponentFit | null): number {
  const interval = fit?.exponent == null ? null : fit.exponentInterval95;
  return interval === null ? 0 : (interval[1] - interval[0]) / interval95Sds;
}

/**
 * A length model of one exponent: the cost of a session is a power of its number of calls.
 *
 * @param fit null, or without an exponent: cost is taken in step with length
 */
export function lengthModelOfExponent(fit: ExponentFit | null): LengthModel {
  const exponent = fit?.exponent ?? null;
  return {
    points: [0.1, 1, 10].map((lengthFactor) => ({
      lengthFactor,
      costFactor: lengthFactor ** (exponent ?? 1),
    })),
    exponentSd: spreadOf(fit),
    source:
      exponent === null
        ? 'Sessions are too short to fit how cost grows with length: it is taken in step with it.'
        : `Cost grows with the number of calls to the power of ${exponent.toFixed(2)}, as fitted within the imported sessions.`,
  };
}

/**
 * A length model of sessions that were drawn at each length.
 *
 * @param isReplayed policies were replayed on the sessions of each length
 */
export function lengthModelOfDraws(
  points: LengthModel['points'],
  fit: ExponentFit | null,
  isReplayed = false,
): LengthModel {
  const replayed = isReplayed ? ' The policies are replayed on these, too.' : '';
  return {
    // Sessions so short that every one drawn was free say nothing of a power of length.
    points: points.filter(({ costFactor }) => costFactor > 0),
    exponentSd: spreadOf(fit),
    source: `Longer sessions are imported ones continued by blocks of their own calls, shorter ones are cut.${replayed}`,
  };
}
