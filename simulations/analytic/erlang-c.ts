import { checkAtLeast, checkCount, checkQuantileOrder } from './check-argument';
import { blockingProbability } from './erlang-b';

/**
 * Probability that an arrival has to wait for one of c servers (M/M/c, Erlang C).
 *
 * C = c·B / (c − a·(1 − B)) with B of Erlang B by recursion, one step per server.
 *
 * @param servers number of servers c; integer, at least 1
 * @param offeredLoadErlangs a = λ·S, dimensionless, at least 0
 * @returns probability in [0, 1]; 1 when a ≥ c, where no steady state exists
 * @throws RangeError when an argument is outside its stated range
 * @see Kleinrock, Queueing Systems, vol. 1 (1975), §3.5
 */
export function waitProbability(servers: number, offeredLoadErlangs: number): number {
  checkCount('servers', servers, 1);
  checkAtLeast('erlangs', offeredLoadErlangs, 0);
  if (offeredLoadErlangs >= servers) return 1;
  const blocking = blockingProbability(servers, offeredLoadErlangs);
  return (servers * blocking) / (servers - offeredLoadErlangs * (1 - blocking));
}

/** An M/M/c queue: Poisson arrivals, exponential service, first come first served. */
export interface OpenQueue {
  readonly servers: number; //           integer, at least 1
  readonly arrivalRatePerSec: number; // λ, at least 0
  readonly serviceTimeSec: number; //    S, at least 0
}

/**
 * Mean wait for a server in an M/M/c queue, Wq = C·S / (c − a).
 *
 * @returns seconds; null when a ≥ c, where the queue grows without end
 * @throws RangeError as {@link waitProbability}
 */
export function meanWaitSec(queue: OpenQueue): number | null {
  const { servers, serviceTimeSec } = queue;
  const offeredLoadErlangs = queue.arrivalRatePerSec * serviceTimeSec;
  const waiting = waitProbability(servers, offeredLoadErlangs);
  if (offeredLoadErlangs >= servers) return null;
  return (waiting * serviceTimeSec) / (servers - offeredLoadErlangs);
}

/**
 * Quantile of the wait in an M/M/c queue, from P(Wq > t) = C·exp(−(c − a)·t/S).
 *
 * @param probability in [0, 1)
 * @returns seconds, 0 where that share of arrivals does not wait; null when a ≥ c
 * @throws RangeError when `probability` is outside its range, and as {@link waitProbability}
 */
export function waitQuantileSec(queue: OpenQueue, probability: number): number | null {
  checkQuantileOrder(probability);
  const { servers, serviceTimeSec } = queue;
  const offeredLoadErlangs = queue.arrivalRatePerSec * serviceTimeSec;
  const waiting = waitProbability(servers, offeredLoadErlangs);
  if (offeredLoadErlangs >= servers) return null;
  if (waiting <= 1 - probability) return 0;
  return (Math.log(waiting / (1 - probability)) * serviceTimeSec) / (servers - offeredLoadErlangs);
}
