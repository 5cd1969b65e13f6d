import { checkAtLeast } from './check-argument';

/** One key of a cache whose entries live for a fixed time after they were filled. */
export interface TtlCache {
  readonly requestRatePerSec: number; // Poisson, for this key, at least 0
  readonly ttlSec: number; //            at least 0
  readonly fetchSec: number; //          from a miss to the filled entry, at least 0
  readonly isSingleFlight: boolean; //   requests during a fetch wait for it instead of fetching
}

/** Steady state of a key. */
export interface TtlCacheState {
  readonly hitRatio: number; //              share of requests answered from the entry
  readonly waitRatio: number; //             share that waits for somebody else's fetch
  readonly originCallsPerExpiry: number; //  calls to the origin in one cycle of miss, fetch and life
  readonly originRatePerSec: number;
}

/**
 * Steady state of one key by renewal: a cycle is the gap until a miss, the fetch F and the life T, with
 * 1 + λF + λT requests of which λT are hits.
 *
 * Without single flight the λF requests that come during the fetch call the origin too (the stampede);
 * the first fetch to end fills the entry and starts its life.
 *
 * @throws RangeError when an argument is negative or not finite
 */
export function solveTtlCache(cache: TtlCache): TtlCacheState {
  const { requestRatePerSec, ttlSec, fetchSec, isSingleFlight } = cache;
  checkAtLeast('requests per second', requestRatePerSec, 0);
  checkAtLeast('seconds to live', ttlSec, 0);
  checkAtLeast('seconds of fetch', fetchSec, 0);
  const duringFetch = requestRatePerSec * fetchSec;
  const requestsPerCycle = 1 + duringFetch + requestRatePerSec * ttlSec;
  const originCallsPerExpiry = isSingleFlight ? 1 : 1 + duringFetch;
  return {
    hitRatio: (requestRatePerSec * ttlSec) / requestsPerCycle,
    waitRatio: isSingleFlight ? duringFetch / requestsPerCycle : 0,
    originCallsPerExpiry,
    originRatePerSec: (originCallsPerExpiry * requestRatePerSec) / requestsPerCycle,
  };
}
