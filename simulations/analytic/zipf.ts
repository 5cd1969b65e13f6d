import { checkAbove, checkAtLeast, checkCount } from './check-argument';
import { harmonicNumber } from './harmonic-number';

/**
 * Shares of n items by Zipf's law, share(i) ∝ i^(−s), most popular first; they add up to 1.
 *
 * @param count n; integer, at least 1
 * @param exponent s, at least 0; 0 makes all alike
 * @throws RangeError when an argument is outside its stated range
 */
export function zipfShares(count: number, exponent: number): Float64Array {
  checkCount('items', count, 1);
  checkAtLeast('as exponent', exponent, 0);
  const shares = new Float64Array(count);
  let total = 0;
  for (let i = count; i >= 1; i--) {
    shares[i - 1] = i ** -exponent;
    total += shares[i - 1];
  }
  for (let i = 0; i < count; i++) shares[i] /= total;
  return shares;
}

/** Rows written with Zipf popularity, each behind a lock of its own. */
export interface HotRow {
  readonly rows: number; //     integer, at least 1
  readonly exponent: number; // of Zipf's law, at least 0
  readonly lockSec: number; //  time a writer holds its row, above 0
}

/** Where the most popular row's lock puts the limit. */
export interface HotRowLimit {
  readonly hotRowShare: number; //               of all writes, 1/H(n, s)
  readonly saturationRatePerSec: number; //      writes to all rows at which that lock is never free
}

/**
 * Largest rate of writes that the hottest row's serial lock allows, 1/(share × time locked).
 *
 * @throws RangeError when an argument is outside its stated range
 */
export function findHotRowLimit({ rows, exponent, lockSec }: HotRow): HotRowLimit {
  checkCount('rows', rows, 1);
  checkAbove('seconds of lock', lockSec, 0);
  const hotRowShare = 1 / harmonicNumber(rows, exponent);
  return { hotRowShare, saturationRatePerSec: 1 / (hotRowShare * lockSec) };
}
