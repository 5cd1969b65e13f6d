import type { PicoUsd } from '../cost/cost-anatomy';
import { usdFromPicoUsd } from '../units';

/** Dollars of whole pico-dollars, for drawing and reading; null stays not known. */
export function usdOf(picoUsd: PicoUsd | null): number | null {
  return picoUsd === null ? null : usdFromPicoUsd(BigInt(picoUsd));
}

/** Dollars to the last digit, for files: `30.3301975`. */
export function exactUsd(picoUsd: PicoUsd | null): string | null {
  if (picoUsd === null) return null;
  const isNegative = picoUsd.startsWith('-');
  const digits = picoUsd.replace('-', '').padStart(13, '0');
  const places = digits.slice(-12).replace(/0+$/, '');
  const whole = digits.slice(0, -12);
  return `${isNegative ? '-' : ''}${whole}${places === '' ? '' : `.${places}`}`;
}

/** Share of one amount in another, 0–1; null where nothing was spent. */
export function shareOf(part: PicoUsd | null, whole: PicoUsd | null): number | null {
  const total = usdOf(whole);
  const amount = usdOf(part);
  return total === null || amount === null || total <= 0 ? null : amount / total;
}
