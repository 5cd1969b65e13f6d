import { formatDecimal } from './format';
import { type NumberLimits, parseTypedNumber, type Reading } from './typed-number';

/** The two ends of a quantity that is known as a range; equal ends are a point. */
export interface TypedRange {
  readonly low: number;
  readonly high: number;
}

/** What a number without a sign is: itself, or hundredths as in a field of percent. */
export type TypedUnit = 'number' | 'percent';

/** A range as it was read, and whether its ends came the wrong way round. */
export interface ParsedRange {
  readonly range: TypedRange;
  readonly isReversed: boolean;
}

/** Words and signs between two ends; a minus sign belongs to its number and stands right before it. */
const between = /\s+(?:to|–|—|-)\s+|\s*(?:\.\.\.?|…|–|—)\s*|(?<=\d\s?%?)-(?=\d)/i;

/**
 * Reads a range as it is typed: `20 to 40`, `20 – 40`, `1.2k to 2k`, or one number for a point.
 *
 * A percent sign after the last number holds for both ends, which are then hundredths: `5 to 10 %`.
 * Where the unit is percent they are so without it. Ends that come the wrong way round are put right.
 *
 * @returns `null` where there are not one or two numbers
 */
export function parseTypedRange(text: string, unit: TypedUnit = 'number'): ParsedRange | null {
  const parts = ` ${text} `.split(between);
  if (parts.length > 2 || (parts.length === 2 && parts.some((part) => !/\d/.test(part))))
    return null;
  const scale = unit === 'percent' || /%\s*$/.test(text.trim()) ? 0.01 : 1;
  const ends = parts.map((part) => parseTypedNumber(`${part.replace('%', '').trim()} `));
  const [first, second = first] = ends;
  if (first === null || first === undefined || second === null || second === undefined) return null;
  // One multiplication of a decimal fraction: its digits, and none of rounding.
  const scaled = [first, second].map((end) =>
    scale === 1 ? end : Number((end * scale).toPrecision(12)),
  );
  return {
    range: { low: Math.min(...scaled), high: Math.max(...scaled) },
    isReversed: first > second,
  };
}

/** Whether both ends are inside the limits. */
export function isWithin({ low, high }: TypedRange, { min, max }: NumberLimits): boolean {
  return low >= min && high <= max;
}

/** What a field of a range takes, and how it writes its ends. */
export interface RangeRule {
  readonly min: number;
  readonly max: number;
  readonly unit: TypedUnit;
}

/** Writes one end as it can be typed again, without its unit. */
export function writeEnd(value: number, unit: TypedUnit): string {
  return formatDecimal(unit === 'percent' ? value * 100 : value, unit === 'percent' ? 2 : 4);
}

/** Writes a range as it can be typed again: `20 to 40`, `5 to 10 %`. */
export function writeRange({ low, high }: TypedRange, unit: TypedUnit): string {
  const sign = unit === 'percent' ? ' %' : '';
  return low === high
    ? `${writeEnd(low, unit)}${sign}`
    : `${writeEnd(low, unit)} to ${writeEnd(high, unit)}${sign}`;
}

/** Reads a range, or says what it has to be. Ends the wrong way round are put right with a word. */
export function readRange(text: string, rule: RangeRule): Reading<TypedRange> {
  const parsed = parseTypedRange(text, rule.unit);
  if (parsed === null) return { error: 'Type a range such as 20 to 40, or one number.' };
  if (!isWithin(parsed.range, rule)) {
    const sign = rule.unit === 'percent' ? ' %' : '';
    return {
      error: `Give numbers from ${writeEnd(rule.min, rule.unit)}${sign} to ${writeEnd(rule.max, rule.unit)}${sign}.`,
    };
  }
  return {
    value: parsed.range,
    note: parsed.isReversed ? `Read as ${writeRange(parsed.range, rule.unit)}.` : null,
  };
}
