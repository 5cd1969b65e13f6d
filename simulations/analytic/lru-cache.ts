import { checkCount } from './check-argument';

/**
 * Hit ratio of a cache that evicts the least recently used item, by Che's approximation.
 *
 * An item stays while it is asked for within the characteristic time t, at which
 * Σ (1 − exp(−share·t)) equals the capacity; t is found by Newton's method from below, which climbs
 * without overshooting as the sum is concave. Within about 1 % of the truth for independent requests.
 * Costs some eight exponentials an item: 0.1 ms for 1,000 items, a millisecond for 10,000.
 *
 * @param shares of requests by item, each at least 0, adding up to 1, as of zipfShares
 * @param capacity items the cache holds; integer, at least 0
 * @returns hit ratio in [0, 1]; 1 where every item that is asked for fits
 * @throws RangeError when an argument is outside its stated range
 * @see Che, Tung and Wang, IEEE J. Selected Areas in Communications 20 (2002)
 */
export function lruHitRatio(shares: ArrayLike<number>, capacity: number): number {
  checkCount('places', capacity, 0);
  let total = 0;
  let asked = 0;
  for (let i = 0; i < shares.length; i++) {
    if (!(shares[i] >= 0)) {
      throw new RangeError(`Got a share of ${shares[i]} when expected at least 0.`);
    }
    total += shares[i];
    if (shares[i] > 0) asked++;
  }
  if (!(Math.abs(total - 1) < 1e-6)) {
    throw new RangeError(`Got shares adding up to ${total} when expected 1.`);
  }
  if (capacity === 0) return 0;
  if (capacity >= asked) return 1;
  const time = characteristicTime(shares, capacity);
  let hitRatio = 0;
  for (let i = 0; i < shares.length; i++) hitRatio -= shares[i] * Math.expm1(-shares[i] * time);
  return hitRatio;
}

/** Root of Σ (1 − exp(−share·t)) = capacity, in requests; at least the capacity itself. */
function characteristicTime(shares: ArrayLike<number>, capacity: number): number {
  let time = capacity;
  for (let step = 0; step < 200; step++) {
    let occupied = 0;
    let slope = 0;
    for (let i = 0; i < shares.length; i++) {
      const absent = Math.exp(-shares[i] * time);
      occupied += 1 - absent;
      slope += shares[i] * absent;
    }
    const gap = (capacity - occupied) / slope;
    time += gap;
    if (!(Math.abs(gap) > 1e-10 * time)) break;
  }
  return time;
}
