import type { ReplayChange } from '../cost/replay/replay-outcome';
import { formatDecimal, formatPercent, formatTokens, formatUsd, notKnown } from '../format';

/** What a change amounts to, given its interval: `unsure` where the interval holds zero. */
export type ChangeDirection = 'lower' | 'higher' | 'same' | 'unsure' | 'unknown';

/** Whether a statistic falls or rises, as far as can be told. */
export function directionOf({ difference, interval95 }: ReplayChange): ChangeDirection {
  if (!Number.isFinite(difference)) return 'unknown';
  if (difference === 0) return 'same';
  if (interval95 !== null && interval95[0] <= 0 && interval95[1] >= 0) return 'unsure';
  return difference < 0 ? 'lower' : 'higher';
}

/** A number with its sign before its size: `−$0.53`, `+2.1k`, `0`. */
export function formatSigned(value: number, format: (size: number) => string): string {
  if (!Number.isFinite(value)) return notKnown;
  if (value === 0) return format(0);
  return `${value < 0 ? '−' : '+'}${format(Math.abs(value))}`;
}

/** A difference in dollars with its sign. */
export function formatUsdChange(usd: number): string {
  return formatSigned(usd, formatUsd);
}

/** A difference in tokens with its sign. */
export function formatTokenChange(tokens: number): string {
  return formatSigned(tokens, formatTokens);
}

/** A difference as a share of what it is a difference from: `−43 %`; an em dash from zero. */
export function formatShareChange(difference: number, from: number): string {
  return from > 0 ? formatSigned(difference / from, formatWholePercent) : notKnown;
}

/** The ends of an interval of a difference: `−$0.58 to −$0.47`. */
export function formatChangeInterval(
  interval: readonly [number, number] | null,
  format: (value: number) => string,
): string {
  return interval === null ? notKnown : `${format(interval[0])} to ${format(interval[1])}`;
}

/**
 * How large a change is and how sure: `−43 %, 95 %: −47 to −38`.
 *
 * The interval is that of the difference, as a share of the mean it starts from.
 */
export function describeShareChange({ today, difference, interval95 }: ReplayChange): string {
  const share = formatShareChange(difference, today);
  if (interval95 === null || !(today > 0)) return `${share}, too few sessions for an interval`;
  const [low, high] = interval95.map((end) => formatSigned(wholeOr(end / today), String));
  return `${share}, 95 %: ${low} to ${high}`;
}

function formatWholePercent(share: number): string {
  return share >= 0.01 && share < 10 ? `${wholeOr(share)}\u00a0%` : formatPercent(share);
}

/** Percent without decimals where two digits stand before them. */
function wholeOr(share: number): number {
  const percent = share * 100;
  return Math.abs(percent) >= 10 ? Math.round(percent) : Number(formatDecimal(percent, 1));
}
