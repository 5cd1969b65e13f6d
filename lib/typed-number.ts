import { formatDecimal } from './format';

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
  const match = /^[^\d.-]*(-?[\d,\s]*\.?\d+(?:e[+-]?\d+)?)\s*([kKM]?)\b/.exec(
    text.replaceAll('−', '-'),
  );
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

/** What was typed into a field: its value, with a word where it was not taken as typed; or an error. */
export type Reading<T> =
  | { readonly value: T; readonly note: string | null }
  | { readonly error: string };

/** Reads one number within limits, or says what it has to be. Nothing is clamped or rounded. */
export function readNumber(
  text: string,
  rule: { readonly min: number; readonly max: number; readonly isWhole: boolean },
): Reading<number> {
  const value = parseTypedNumber(text);
  const isRight =
    value !== null &&
    value >= rule.min &&
    value <= rule.max &&
    (!rule.isWhole || Number.isInteger(value));
  if (isRight) return { value, note: null };
  const kind = rule.isWhole ? 'a whole number' : 'a number';
  return { error: `Give ${kind} from ${formatDecimal(rule.min)} to ${formatDecimal(rule.max)}.` };
}

const budgetUsdMax = 1e12;

/** Reads an amount of dollars; nothing typed is no budget. */
export function readBudget(text: string): Reading<number | null> {
  if (text.trim() === '') return { value: null, note: null };
  const usd = parseTypedNumber(text);
  if (usd !== null && usd > 0 && usd <= budgetUsdMax) return { value: usd, note: null };
  return { error: 'Give an amount above $0, or nothing for no budget.' };
}
