/**
 * Units and the conversions between them. A name ends in its unit: `waitSec`, `costUsd`, `startMs`.
 */

/** Milliseconds in one second. */
export const msPerSec = 1_000;

/** Pico-dollars in one dollar: tokens × micro-dollars per million tokens is a whole number of these. */
const picoUsdPerUsd = 1e12;

/**
 * Converts pico-dollars to dollars.
 *
 * @param picoUsd whole pico-dollars; a bigint may exceed 2^53
 * @returns dollars as the nearest double up to 2^53 pico-dollars, beyond it to about 16 significant
 * digits; for display and models
 */
export function usdFromPicoUsd(picoUsd: number | bigint): number {
  const exact = Number(picoUsd);
  if (typeof picoUsd === 'number' || Number.isSafeInteger(exact)) return exact / picoUsdPerUsd;
  const wholeUsd = picoUsd / 1_000_000_000_000n;
  const restPicoUsd = picoUsd - wholeUsd * 1_000_000_000_000n;
  return Number(wholeUsd) + Number(restPicoUsd) / picoUsdPerUsd;
}

/**
 * Converts dollars to whole pico-dollars, which add up without rounding.
 *
 * @param usd finite
 * @returns the nearest whole number; beyond 2^53 a bigint of the digits that the double holds
 * @throws RangeError when the amount is not finite
 */
export function picoUsdFromUsd(usd: number): number | bigint {
  const picoUsd = Math.round(usd * picoUsdPerUsd);
  if (Number.isSafeInteger(picoUsd)) return picoUsd;
  return Number.isFinite(picoUsd) ? BigInt(picoUsd) : BigInt(usd) * BigInt(picoUsdPerUsd);
}
