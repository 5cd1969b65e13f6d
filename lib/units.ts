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
 * @returns dollars as a double, correctly rounded to about 16 significant digits; for display and models
 */
export function usdFromPicoUsd(picoUsd: number | bigint): number {
  if (typeof picoUsd === 'number') return picoUsd / picoUsdPerUsd;
  const wholeUsd = picoUsd / 1_000_000_000_000n;
  const restPicoUsd = picoUsd - wholeUsd * 1_000_000_000_000n;
  return Number(wholeUsd) + Number(restPicoUsd) / picoUsdPerUsd;
}

/**
 * Sums pico-dollar amounts exactly.
 *
 * Adds as integers in a double while the sum stays below 2^53 and moves to a bigint before it
 * would lose a digit. `NaN` marks an unpriced call and is left out: count those beside the sum.
 *
 * @param amountsPicoUsd whole pico-dollars, each below 2^53 in magnitude, or NaN
 */
export function sumPicoUsd(amountsPicoUsd: Iterable<number>): bigint {
  let total = 0n;
  let partial = 0;
  for (const amount of amountsPicoUsd) {
    if (Number.isNaN(amount)) continue;
    if (!Number.isSafeInteger(amount)) {
      throw new RangeError(`Got ${amount} pico-dollars when expected a safe integer.`);
    }
    if (!Number.isSafeInteger(partial + amount)) {
      total += BigInt(partial);
      partial = 0;
    }
    partial += amount;
  }
  return total + BigInt(partial);
}
