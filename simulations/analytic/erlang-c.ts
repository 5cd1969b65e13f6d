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

/**
 * Probability that wait and service in an M/M/c queue take longer than t,
 * P(T > t) = exp(−μt)·(1 + C·(1 − exp(−(c − a − 1)μt))/(c − a − 1)).
 *
 * @param timeSec t, at least 0
 * @returns null when a ≥ c
 * @throws RangeError when t is outside its range, and as {@link waitProbability}
 * @see Gross and Harris, Fundamentals of Queueing Theory (1998), §2.3
 */
export function responseTailProbability(queue: OpenQueue, timeSec: number): number | null {
  checkAtLeast('seconds', timeSec, 0);
  const { servers, serviceTimeSec } = queue;
  const offeredLoadErlangs = queue.arrivalRatePerSec * serviceTimeSec;
  const waiting = waitProbability(servers, offeredLoadErlangs);
  if (offeredLoadErlangs >= servers) return null;
  if (serviceTimeSec === 0) return 0;
  const services = timeSec / serviceTimeSec;
  return tailAfter(services, servers - offeredLoadErlangs, waiting);
}

/** P(T > t) with t in mean services and `spare` = c − a. */
function tailAfter(services: number, spare: number, waiting: number): number {
  const slower = Math.min(1, spare);
  const apart = Math.abs(spare - 1) * services;
  // ∫₀ᵗ exp(−|spare − 1|u) du; the series where the quotient cancels.
  const lag = apart < 1e-8 ? services * (1 - apart / 2) : -Math.expm1(-apart) * (services / apart);
  return Math.exp(-services) + waiting * Math.exp(-slower * services) * lag;
}

/**
 * Quantile of wait and service together in an M/M/c queue, by bisection of its tail.
 *
 * @param probability in [0, 1)
 * @returns seconds, relative error below 1e-12; null when a ≥ c
 * @throws RangeError when `probability` is outside its range, and as {@link waitProbability}
 */
export function responseTimeQuantileSec(queue: OpenQueue, probability: number): number | null {
  checkQuantileOrder(probability);
  const { servers, serviceTimeSec } = queue;
  const offeredLoadErlangs = queue.arrivalRatePerSec * serviceTimeSec;
  const waiting = waitProbability(servers, offeredLoadErlangs);
  if (offeredLoadErlangs >= servers) return null;
  const spare = servers - offeredLoadErlangs;
  let low = 0;
  let high = 1;
  while (tailAfter(high, spare, waiting) > 1 - probability) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (tailAfter(middle, spare, waiting) > 1 - probability) low = middle;
    else high = middle;
  }
  return probability === 0 ? 0 : ((low + high) / 2) * serviceTimeSec;
}
