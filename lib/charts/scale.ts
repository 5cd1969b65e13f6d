/** Maps a value to a position on the page, in pixels. */
export type Scale = (value: number) => number;

/**
 * A straight-line scale. A domain of no width maps everything to the middle of the range.
 *
 * @param domain the values that map to the two ends of `range`
 * @param range pixels; may run downwards
 */
export function linearScale(
  domain: readonly [number, number],
  range: readonly [number, number],
): Scale {
  const [from, to] = domain;
  const [start, end] = range;
  if (from === to) return () => (start + end) / 2;
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

/**
 * A logarithmic scale.
 *
 * @param domain both ends above 0
 * @throws RangeError when an end is not above 0; values at or below 0 map to `NaN`
 */
export function logScale(
  domain: readonly [number, number],
  range: readonly [number, number],
): Scale {
  const [from, to] = domain;
  if (!(from > 0 && to > 0)) {
    throw new RangeError(`Got ${from} to ${to} when expected a domain above 0.`);
  }
  const linear = linearScale([Math.log(from), Math.log(to)], range);
  return (value) => (value > 0 ? linear(Math.log(value)) : Number.NaN);
}

/**
 * Ticks at round steps (1, 2 or 5 times a power of ten) from 0 that reach at least `max`.
 *
 * @param max the largest value to cover; at or below 0, or not finite, gives `[0, 1]`
 * @param count about how many steps; at least 1
 * @returns rising from 0; the last tick is at least `max`
 */
export function niceTicks(max: number, count: number): readonly number[] {
  if (!(max > 0) || !Number.isFinite(max)) return [0, 1];
  const rough = max / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (stepMultiples.find((m) => rough <= m * power * (1 + 1e-9)) ?? 10);
  const steps = Math.max(1, Math.ceil(max / step - 1e-9));
  const digits = Math.max(0, Math.min(20, -Math.floor(Math.log10(step)) + 1));
  return Array.from({ length: steps + 1 }, (_, i) => Number((i * step).toFixed(digits)));
}
const stepMultiples = [1, 2, 2.5, 5, 10];

/**
 * Whole-numbered ticks: as {@link niceTicks}, but no two closer than 1.
 *
 * @param max the largest value to cover
 * @param count about how many steps
 */
export function wholeTicks(max: number, count: number): readonly number[] {
  return niceTicks(max, Math.max(1, Math.min(count, Math.ceil(max)))).filter(Number.isInteger);
}
