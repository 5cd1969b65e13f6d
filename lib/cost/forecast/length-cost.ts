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

/** Multiples of the observed length at which a length model is tabulated. */
const tabulated = [0.1, 0.25, 0.5, 1, 2, 4, 8, 20];

/** How sure an exponent is. */
interface ExponentFit {
  readonly exponent: number | null;
  readonly exponentInterval95: readonly [number, number] | null;
}

/** Standard deviations from end to end of a 95 % interval. */
const interval95Sds = 2 * 1.959963984540054;

/**
 * A length model of one exponent: the cost of a session is a power of its number of calls.
 *
 * @param fit exponent of cumulative cost within sessions; null where sessions are too short for one,
 * and cost is then taken in step with length
 */
export function lengthModelOfExponent(fit: ExponentFit | null): LengthModel {
  const exponent = fit?.exponent ?? null;
  const power = exponent ?? 1;
  const interval = fit?.exponentInterval95 ?? null;
  return {
    points: tabulated.map((lengthFactor) => ({
      lengthFactor,
      costFactor: lengthFactor === 1 ? 1 : lengthFactor ** power,
    })),
    exponentSd:
      exponent === null || interval === null ? 0 : (interval[1] - interval[0]) / interval95Sds,
    source:
      exponent === null
        ? 'Sessions are too short to fit how cost grows with length: it is taken in step with it.'
        : `Cost grows with the number of calls to the power of ${exponent.toFixed(2)}, as fitted within the imported sessions.`,
  };
}
