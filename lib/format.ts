/** Stands where a number is not known; never a zero. */
export const notKnown = '—';

const locale = 'en-US';

const wholeFormat = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const compactFormat = new Intl.NumberFormat(locale, {
  notation: 'compact',
  maximumSignificantDigits: 3,
});
const significantFormat = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });

function isKnown(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

/** A whole number with thousands separators: `18,382`. */
export function formatCount(value: number | null | undefined): string {
  return isKnown(value) ? wholeFormat.format(value) : notKnown;
}

/** A number at three significant digits, with thousands separators: `2,350`, `0.0421`. */
export function formatNumber(value: number | null | undefined): string {
  if (!isKnown(value)) return notKnown;
  return Math.abs(value) >= 1_000 ? wholeFormat.format(value) : significantFormat.format(value);
}

/**
 * Dollars: three significant digits below a cent, four places below a dollar, cents above.
 *
 * Whole cents lose no trailing places (`$0.42`, not `$0.4200`).
 */
export function formatUsd(value: number | null | undefined): string {
  if (!isKnown(value)) return notKnown;
  const size = Math.abs(value);
  if (size === 0) return '$0.00';
  if (size < 0.01) return usdFormat({ maximumSignificantDigits: 3 }).format(value);
  const places = size < 1 ? 4 : 2;
  return usdFormat({ minimumFractionDigits: 2, maximumFractionDigits: places }).format(value);
}

/** Dollars for a headline or an axis: cents, compact from ten thousand (`$12.4K`, `$1.23M`). */
export function formatUsdShort(value: number | null | undefined): string {
  if (!isKnown(value)) return notKnown;
  const size = Math.abs(value);
  if (size >= 10_000) {
    return usdFormat({ notation: 'compact', maximumSignificantDigits: 3 }).format(value);
  }
  if (size > 0 && size < 0.1) return usdFormat({ maximumSignificantDigits: 2 }).format(value);
  return usdFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
}

const usdFormats = new Map<string, Intl.NumberFormat>();
function usdFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = usdFormats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', ...options });
  usdFormats.set(key, format);
  return format;
}

/** Tokens, compact: `1.2M`, `2.35K`, `860`. */
export function formatTokens(value: number | null | undefined): string {
  return isKnown(value) ? compactFormat.format(value).replace('K', 'k') : notKnown;
}

/** A share of 1 as a percentage with one decimal at most: `87.3 %`. */
export function formatShare(value: number | null | undefined): string {
  if (!isKnown(value)) return notKnown;
  const percent = value * 100;
  const places = Math.abs(percent) >= 10 || Number.isInteger(percent) ? 0 : 1;
  return `${percent.toLocaleString(locale, { maximumFractionDigits: places })} %`;
}

/** A duration in seconds: `820 ms`, `3.4 s`, `2:05` (minutes), `3:02:05` (hours), `2 d 3 h`. */
export function formatDurationSec(value: number | null | undefined): string {
  if (!isKnown(value)) return notKnown;
  if (value < 0) return `−${formatDurationSec(-value)}`;
  if (value === 0) return '0 s';
  if (value < 0.9995) return `${significantFormat.format(value * 1_000)} ms`;
  if (value < 59.95) {
    return `${value.toLocaleString(locale, { maximumFractionDigits: value < 10 ? 1 : 0 })} s`;
  }
  const sec = Math.round(value);
  const two = (part: number) => String(part).padStart(2, '0');
  if (sec < 3_600) return `${Math.floor(sec / 60)}:${two(sec % 60)}`;
  if (sec < 86_400) {
    return `${Math.floor(sec / 3_600)}:${two(Math.floor(sec / 60) % 60)}:${two(sec % 60)}`;
  }
  return `${Math.floor(sec / 86_400)} d ${Math.floor(sec / 3_600) % 24} h`;
}

/** Bytes in decimal units: `1.2 MB`. */
export function formatBytes(value: number | null | undefined): string {
  if (!isKnown(value)) return notKnown;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let rest = value;
  let unit = 0;
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1_000;
    unit += 1;
  }
  return `${significantFormat.format(rest)} ${units[unit]}`;
}

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const dateTimeFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

function timeOf(value: string | number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  const ms = typeof value === 'number' ? value : Date.parse(value);
  return Number.isFinite(ms) ? ms : null;
}

/** A date in UTC: `20 Nov 2026`. Takes milliseconds or an ISO string. */
export function formatDate(value: string | number | null | undefined): string {
  const ms = timeOf(value);
  return ms === null ? notKnown : dateFormat.format(ms).replace('Sept', 'Sep');
}

/** A moment in UTC: `20 Nov 2026, 14:05 UTC`. Takes milliseconds or an ISO string. */
export function formatDateTime(value: string | number | null | undefined): string {
  const ms = timeOf(value);
  return ms === null ? notKnown : `${dateTimeFormat.format(ms).replace('Sept', 'Sep')} UTC`;
}

/** A count with its noun in the right number: `1 session`, `284 sessions`. */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
