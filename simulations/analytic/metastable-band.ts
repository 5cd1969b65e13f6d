import { checkAbove, checkAtLeast, checkCount, checkProbability } from './check-argument';

/** Loads at which a system is well as long as nothing happens to it. */
export interface MetastableBand {
  readonly vulnerableAbovePerSec: number; // below, it recovers from any trigger
  readonly healthyBelowPerSec: number; //    above, it fails without a trigger
}

/** A service that slows down with what is in it, called by clients that retry at a timeout. */
export interface RetriedService {
  readonly serviceTimeSec: number; //        alone, above 0
  readonly slowdownSecPerRequest: number; // more for each request in service, above 0
  readonly networkSec: number; //            mean way there and back, at least 0
  readonly timeoutSec: number; //            of the client, above service and network
  readonly attemptsMax: number; //           k, in all; integer, at least 1
}

/**
 * Band of loads in which retries without backoff keep a service down that a spike brought down.
 *
 * Mean field: with attempts at rate r the service has W = b/(1 − r·s); attempts time out once W reaches
 * W* = timeout − network, at r = (1 − b/W*)/s. Healthy means r = λ, all attempts timing out r = k·λ.
 * Chance blurs both edges; a simulation puts the lower one at 22 to 26/s where this says 21.4.
 *
 * @throws RangeError when an argument is outside its stated range
 * @see Bronson et al., Metastable Failures in Distributed Systems, HotOS (2021)
 */
export function findRetryBand(service: RetriedService): MetastableBand {
  const { serviceTimeSec, slowdownSecPerRequest, networkSec, timeoutSec, attemptsMax } = service;
  checkAbove('seconds of service time', serviceTimeSec, 0);
  checkAbove('seconds of slowdown', slowdownSecPerRequest, 0);
  checkAtLeast('seconds of network', networkSec, 0);
  checkAbove('seconds of timeout', timeoutSec, serviceTimeSec + networkSec);
  checkCount('attempts', attemptsMax, 1);
  const attemptsPerSec = (1 - serviceTimeSec / (timeoutSec - networkSec)) / slowdownSecPerRequest;
  return {
    vulnerableAbovePerSec: attemptsPerSec / attemptsMax,
    healthyBelowPerSec: attemptsPerSec,
  };
}

/**
 * Band of loads in which a store behind a cache cannot refill it after a flush.
 *
 * @param storeRatePerSec what the store can do, above 0
 * @param hitRatio of the warm cache, in [0, 1]
 * @returns healthy below store/(1 − hit ratio), Infinity at hit ratio 1; vulnerable above the store
 * @throws RangeError when an argument is outside its stated range
 * @see Bronson et al., Metastable Failures in Distributed Systems, HotOS (2021)
 */
export function findCacheFlushBand(storeRatePerSec: number, hitRatio: number): MetastableBand {
  checkAbove('per second of the store', storeRatePerSec, 0);
  checkProbability('hit ratio', hitRatio);
  return {
    vulnerableAbovePerSec: storeRatePerSec,
    healthyBelowPerSec: storeRatePerSec / (1 - hitRatio),
  };
}
