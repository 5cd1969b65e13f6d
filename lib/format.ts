/** Stands where a number is not known; never a zero. */
export const notKnown = '—';

/** Joins a number and its unit so that a line never breaks between them. */
const gap = '\u00a0';
const defaultLocale = 'en-US';

type Quantity = number | null | undefined;

const formats = new Map<string, Intl.NumberFormat>();
function numberFormat(options: Intl.NumberFormatOptions, locale = defaultLocale) {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(locale, options);
  formats.set(key, format);
  return format;
}

function isKnown(value: Quantity): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

/** A whole number with thousands separators: `18,382`. */
export function formatCount(value: Quantity, locale = defaultLocale): string {
  return isKnown(value)
    ? numberFormat({ maximumFractionDigits: 0 }, locale).format(value)
    : notKnown;
}

/**
 * A number at three significant digits, whole from a thousand: `1.07`, `0.0421`, `2,350`.
 *
 * @param places decimal places at most, in place of three significant digits
 */
export function formatDecimal(value: Quantity, places?: number): string {
  if (!isKnown(value)) return notKnown;
  if (places !== undefined) return numberFormat({ maximumFractionDigits: places }).format(value);
  const options =
    Math.abs(value) >= 1_000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return numberFormat(options).format(value);
}

/** `cents` for reading, `exact` where places under a dollar matter, `compact` for axes and heads. */
export type UsdStyle = 'cents' | 'exact' | 'compact';

function usdOptions(size: number, style: UsdStyle): Intl.NumberFormatOptions {
  const currency = { style: 'currency', currency: 'USD' } as const;
  if (size > 0 && size < 0.01) return { ...currency, maximumSignificantDigits: 3 };
  if (style === 'compact' && size >= 10_000) {
    return { ...currency, notation: 'compact', maximumSignificantDigits: 3 };
  }
  const places =
    style === 'exact' && size > 0 && size < 1 ? 4 : style === 'cents' && size >= 1_000 ? 0 : 2;
  return { ...currency, minimumFractionDigits: places, maximumFractionDigits: places };
}

/** Dollars; three significant digits below a cent, whole from a thousand unless exact. */
export function formatUsd(value: Quantity, style: UsdStyle = 'cents'): string {
  if (!isKnown(value)) return notKnown;
  return numberFormat(usdOptions(Math.abs(value), style))
    .format(value)
    .replace('K', 'k');
}

/** Price of a million tokens from that of one in pico-dollars, with every digit it has: `$0.075`. */
export function formatUsdPerMtok(picoUsdPerToken: Quantity): string {
  if (!isKnown(picoUsdPerToken)) return notKnown;
  return numberFormat({
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  }).format(picoUsdPerToken / 1e6);
}

/** A range of dollars in the digits of its larger end: `$1,200 – $1,850 / month`. */
export function formatUsdRange(
  range: readonly [number, number] | null | undefined,
  period?: string,
  style: UsdStyle = 'cents',
): string {
  if (range === null || range === undefined || !range.every(isKnown)) return notKnown;
  const format = numberFormat(usdOptions(Math.max(...range.map(Math.abs)), style));
  const [low, high] = range.map((end) => format.format(end).replace('K', 'k'));
  const per = period === undefined ? '' : `${gap}/${gap}${period}`;
  return `${low}${gap}–${gap}${high}${per}`;
}

/** Tokens, compact: `1.2M`, `12.3k`, `842`. */
export function formatTokens(value: Quantity): string {
  if (!isKnown(value)) return notKnown;
  return numberFormat({ notation: 'compact', maximumSignificantDigits: 3 })
    .format(value)
    .replace('K', 'k');
}

/** A duration in seconds: `820 ms`, `3.4 s`, `2:05` (minutes), `1:02:05` (hours), `3.5 days`. */
export function formatDurationSec(value: Quantity): string {
  if (!isKnown(value)) return notKnown;
  if (value < 0) return `−${formatDurationSec(-value)}`;
  if (value < 0.9995) {
    const ms = value * 1_000;
    const options = ms < 10 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 };
    return `${numberFormat(options).format(ms)}${gap}ms`;
  }
  if (value < 59.95) {
    const places = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    return `${numberFormat(places).format(value)}${gap}s`;
  }
  const sec = Math.round(value);
  const two = (part: number) => String(part).padStart(2, '0');
  if (sec < 3_600) return `${Math.floor(sec / 60)}:${two(sec % 60)}`;
  if (sec < 172_800) {
    return `${Math.floor(sec / 3_600)}:${two(Math.floor(sec / 60) % 60)}:${two(sec % 60)}`;
  }
  return `${numberFormat({ maximumFractionDigits: 1 }).format(sec / 86_400)}${gap}days`;
}

/** A duration in milliseconds, written as {@link formatDurationSec} writes it. */
export function formatDurationMs(value: Quantity): string {
  return isKnown(value) ? formatDurationSec(value / 1_000) : notKnown;
}

/**
 * A share of 1 as a percentage with one decimal at most.
 *
 * A trace of something is `< 0.1 %`, not 0 %, and a lack of something `> 99.9 %`, not 100 %.
 */
export function formatPercent(share: Quantity): string {
  if (!isKnown(share)) return notKnown;
  if (share > 0 && share < 0.0005) return `<${gap}0.1${gap}%`;
  if (share < 1 && share > 0.9995) return `>${gap}99.9${gap}%`;
  return `${numberFormat({ maximumFractionDigits: 1 }).format(share * 100)}${gap}%`;
}

const periodSec = { s: 1, min: 60, h: 3_600, day: 86_400 };

/** A rate in the period that people think in: `40 sessions/min` from 0.667 per second. */
export function formatRate(
  perSec: Quantity,
  noun: string,
  period: keyof typeof periodSec = 'min',
): string {
  if (!isKnown(perSec)) return notKnown;
  return `${formatTokens(perSec * periodSec[period])}${gap}${noun}/${period}`;
}

/** Bytes in decimal units: `1.2 MB`. */
export function formatBytes(value: Quantity): string {
  if (!isKnown(value)) return notKnown;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let rest = value;
  let unit = 0;
  while (rest >= 999.95 && unit < units.length - 1) {
    rest /= 1_000;
    unit += 1;
  }
  return `${numberFormat({ maximumFractionDigits: 1 }).format(rest)}${gap}${units[unit]}`;
}

function isoOf(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const ms = typeof value === 'number' ? value : Date.parse(value);
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null;
}

/** A moment in UTC: `2026-11-21 13:05 UTC`. Takes milliseconds or an ISO string. */
export function formatUtc(value: string | number | null | undefined): string {
  const iso = isoOf(value);
  return iso === null ? notKnown : `${iso.slice(0, 10)} ${iso.slice(11, 16)}${gap}UTC`;
}

/** A date in UTC: `2026-11-21`. Takes milliseconds or an ISO string. */
export function formatUtcDate(value: string | number | null | undefined): string {
  return isoOf(value)?.slice(0, 10) ?? notKnown;
}

/** A count with its noun in the right number: `1 session`, `284 sessions`. */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
