import { type NumberLimits, parseTypedNumber } from './typed-number';

/** The two ends of a quantity that is known as a range; equal ends are a point. */
export interface TypedRange {
  readonly low: number;
  readonly high: number;
}

/** Words and signs between two ends; a minus sign belongs to its number and stands right before it. */
const between = /\s+(?:to|–|—|-)\s+|\s*(?:\.\.\.?|…|–|—)\s*|(?<=\d\s?%?)-(?=\d)/i;

/**
 * Reads a range as it is typed: `20 to 40`, `20 – 40`, `1.2k to 2k`, or one number for a point.
 *
 * A percent sign after the last number holds for both ends, which are then hundredths: `5 to 10 %`.
 * Ends that come the wrong way round are put right.
 *
 * @returns `null` where there are not one or two numbers
 */
export function parseTypedRange(text: string): TypedRange | null {
  const parts = ` ${text} `.split(between);
  if (parts.length > 2 || (parts.length === 2 && parts.some((part) => !/\d/.test(part))))
    return null;
  const scale = /%\s*$/.test(text.trim()) ? 0.01 : 1;
  const ends = parts.map((part) => parseTypedNumber(`${part.replace('%', '').trim()} `));
  const [first, second = first] = ends;
  if (first === null || first === undefined || second === null || second === undefined) return null;
  // One multiplication of a decimal fraction: its digits, and none of rounding.
  const scaled = [first, second].map((end) =>
    scale === 1 ? end : Number((end * scale).toPrecision(12)),
  );
  return { low: Math.min(...scaled), high: Math.max(...scaled) };
}

/** Whether both ends are inside the limits. */
export function isWithin({ low, high }: TypedRange, { min, max }: NumberLimits): boolean {
  return low >= min && high <= max;
}

/**
 * Writes a range as it can be typed again.
 *
 * @param format writes one end without its unit
 */
export function writeTypedRange(
  { low, high }: TypedRange,
  format: (value: number) => string,
): string {
  return low === high ? format(low) : `${format(low)} to ${format(high)}`;
}
