/** Limits and grid of a number that is typed. */
export interface NumberLimits {
  readonly min: number;
  readonly max: number;
  readonly step?: number;
}

/**
 * Reads what was typed: thousands separators, a sign before and a unit after the number, and the
 * suffixes `k` and `M` are accepted.
 *
 * @returns the number, or `null` where there is none
 */
export function parseTypedNumber(text: string): number | null {
  const match = /^[^\d.-]*(-?[\d,\s]*\.?\d+(?:e[+-]?\d+)?)\s*([kKM]?)\b/.exec(text);
  if (match === null) return null;
  const factor = factors.get(match[2] ?? '') ?? 1;
  const value = Number((match[1] ?? '').replace(/[,\s]/g, '')) * factor;
  return Number.isFinite(value) ? value : null;
}

const factors = new Map([
  ['k', 1e3],
  ['K', 1e3],
  ['M', 1e6],
]);

/** The nearest allowed value: inside the limits, on the grid of steps from `min`. */
export function clampToStep(value: number, { min, max, step }: NumberLimits): number {
  const inside = Math.min(max, Math.max(min, value));
  if (step === undefined) return inside;
  const places = Math.max(0, -Math.floor(Math.log10(step)) + 1);
  return Math.min(max, Number((min + Math.round((inside - min) / step) * step).toFixed(places)));
}
