import { checkAbove, checkAtLeast, checkCount } from './check-argument';
import { poissonWeights } from './poisson-distribution';

/** A bucket that refills steadily; a request takes one token or is rejected. */
export interface TokenBucket {
  readonly arrivalRatePerSec: number; // Poisson, at least 0
  readonly refillPerSec: number; //      requests' worth of tokens, above 0
  readonly burst: number; //             requests' worth of tokens when full; integer, at least 1
}

const lostAbove = 1e20;

/**
 * Share of Poisson requests that a token bucket rejects (P(429)), each costing one token.
 *
 * Tokens missing from the full bucket behave as the work of M/D/1 with room for `burst` customers,
 * so P = 1 − 1/(π(0) + ρ), π the chain of customers left behind. The chain is solved upwards from
 * the balance of crossings, π(j+1)·a(0) = π(0)·P(A > j) + Σ π(i)·P(A > j + 1 − i), a sum of positive
 * terms, until the ratio of neighbours rests and the remainder is a geometric sum. Costs
 * some ten microseconds at any burst and load.
 *
 * @returns probability in [0, 1)
 * @throws RangeError when an argument is outside its stated range
 * @see Gross and Harris, Fundamentals of Queueing Theory (1998), §5.1
 */
export function tokenBucketRejectProbability(bucket: TokenBucket): number {
  const { arrivalRatePerSec, refillPerSec, burst } = bucket;
  checkAtLeast('arrivals per second', arrivalRatePerSec, 0);
  checkAbove('tokens per second', refillPerSec, 0);
  checkCount('tokens of burst', burst, 1);
  const load = arrivalRatePerSec / refillPerSec;
  if (load > 40 && burst > 1) return 1 - 1 / load; // π(0) < e⁻⁴⁰ is lost in rounding
  return Math.max(0, 1 - 1 / (1 / sumStates(load, burst) + load));
}

/** Σ π(j)/π(0) over the states 0 to burst − 1; Infinity where π(0) is lost in rounding. */
function sumStates(load: number, burst: number): number {
  const more = exceedances(load);
  const states = [1];
  let total = 1;
  let ratio = 0;
  let resting = 0;
  for (let j = 0; j + 1 < burst && total < lostAbove; j++) {
    let crossings = more[j] ?? 0;
    for (let i = Math.max(1, j + 2 - more.length); i <= j; i++) {
      crossings += states[i] * more[j + 1 - i];
    }
    const next = crossings * Math.exp(load);
    const change = Math.abs(next / states[j] - ratio);
    ratio = next / states[j];
    states.push(next);
    total += next;
    resting = change < 1e-15 * ratio ? resting + 1 : 0;
    if (resting < 4 && next > 1e-20 * total) continue;
    return total + next * geometricSum(ratio, burst - 2 - j);
  }
  return total;
}

/** r + r² + … + rⁿ. */
function geometricSum(ratio: number, terms: number): number {
  const growth = ratio - 1;
  if (growth === 0) return terms;
  return (ratio * Math.expm1(terms * Math.log(ratio))) / growth;
}

/** P(A > m) for m = 0, 1, … of a Poisson count, each summed from its small end. */
function exceedances(mean: number): Float64Array {
  const { first, probability } = poissonWeights(mean);
  const more = new Float64Array(first + probability.length);
  let tail = 0;
  for (let m = more.length - 1; m >= 0; m--) {
    more[m] = tail;
    if (m >= first) tail += probability[m - first];
  }
  return more;
}

/**
 * Time until a full bucket under a steady demand above its refill rejects first, B/(demand − refill).
 *
 * A fluid: requests are small beside the bucket.
 *
 * @returns seconds; Infinity when demand does not exceed the refill
 * @throws RangeError when an argument is negative or not finite
 */
export function timeToFirstRejectSec(bucket: {
  readonly burst: number;
  readonly refillPerSec: number;
  readonly demandPerSec: number;
}): number {
  checkAtLeast('tokens of burst', bucket.burst, 0);
  checkAtLeast('tokens per second', bucket.refillPerSec, 0);
  checkAtLeast('tokens per second of demand', bucket.demandPerSec, 0);
  const shortfallPerSec = bucket.demandPerSec - bucket.refillPerSec;
  return shortfallPerSec > 0 ? bucket.burst / shortfallPerSec : Infinity;
}
