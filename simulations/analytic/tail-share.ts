import { checkQuantileOrder } from './check-argument';

/** One point of a quantile function. */
export interface QuantilePoint {
  readonly probability: number; // in [0, 1)
  readonly value: number; //       above 0
}

/**
 * Share of a total that comes from beyond a quantile, 1 − L(p) of the Lorenz curve: how much of all
 * latency the slowest requests make up.
 *
 * Between two points the quantile function is a power of 1 − p (Pareto), beyond the last one it goes on
 * with the power of the last segment.
 *
 * @param points from probability 0 up, values not falling; at least 2
 * @param probability in [0, 1)
 * @returns share in [0, 1]; null where the tail is so heavy that its mean is infinite
 * @throws RangeError when the points are not as stated
 * @see Brooker, brooker.co.za (2026-07-29)
 */
export function tailShare(points: readonly QuantilePoint[], probability: number): number | null {
  checkQuantileOrder(probability);
  checkPoints(points);
  let total = 0;
  let beyond = 0;
  for (let i = 0; i < points.length; i++) {
    const from = points[i];
    const segment = i + 1 < points.length ? i : i - 1; // the last power carries on
    const power = powerOf(points[segment], points[segment + 1]);
    const untilRest = i + 1 < points.length ? 1 - points[i + 1].probability : 0;
    if (untilRest === 0 && power >= 1) return null;
    total += paretoArea(from, power, 1 - from.probability, untilRest);
    const startRest = Math.min(1 - from.probability, 1 - probability);
    if (startRest > untilRest) beyond += paretoArea(from, power, startRest, untilRest);
  }
  return beyond / total;
}

function checkPoints(points: readonly QuantilePoint[]): void {
  const isOrdered = points.every(({ probability, value }, i) => {
    const before = points[i - 1];
    return before === undefined
      ? probability === 0 && value > 0
      : probability > before.probability && probability < 1 && value >= before.value;
  });
  if (points.length < 2 || !isOrdered) {
    throw new RangeError(
      `Got ${points.length} quantiles out of order when expected at least 2, rising from probability 0.`,
    );
  }
}

/** k with value ∝ (1 − p)^(−k) through two points. */
function powerOf(from: QuantilePoint, to: QuantilePoint): number {
  return Math.log(to.value / from.value) / Math.log((1 - from.probability) / (1 - to.probability));
}

/** ∫ value·(u/u₀)^(−k) du over 1 − p = u from `low` to `high`, with u₀ = 1 − p of the point. */
function paretoArea(from: QuantilePoint, power: number, high: number, low: number): number {
  const anchor = 1 - from.probability;
  const rest = 1 - power;
  if (Math.abs(rest) < 1e-9) return from.value * anchor * Math.log(high / low);
  return (from.value * anchor * ((high / anchor) ** rest - (low / anchor) ** rest)) / rest;
}
