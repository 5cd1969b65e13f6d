import { checkAtLeast, checkQuantileOrder } from './check-argument';
import { meanWaitSec, type OpenQueue, waitProbability } from './erlang-c';

/** A GI/G/c queue, known by the first two moments of gaps and service times. */
export interface GeneralQueue extends OpenQueue {
  readonly arrivalCv: number; //     of the gaps between arrivals, at least 0
  readonly serviceTimeCv: number; // at least 0
}

/**
 * Approximate mean wait in GI/G/c: Allen–Cunneen, Wq ≈ Wq(M/M/c)·(ca² + cs²)/2.
 *
 * Exact for M/M/c and M/G/1; with one server it is Kingman's heavy-traffic formula
 * ρ/(1 − ρ)·(ca² + cs²)/2·S. Good in heavy traffic; at moderate load and CVs far from 1 it can be off
 * by a third either way (Gamma arrivals with CV 3.5 at ρ = 0.5 wait half as long again).
 *
 * @returns seconds; null when a ≥ c
 * @throws RangeError when an argument is outside its stated range
 * @see Kingman, Proc. Cambridge Phil. Soc. 57 (1961); Allen, Probability, Statistics and Queueing
 * Theory (1990), §5.3
 */
export function allenCunneenWaitSec(queue: GeneralQueue): number | null {
  checkAtLeast('as coefficient of variation', queue.arrivalCv, 0);
  checkAtLeast('as coefficient of variation', queue.serviceTimeCv, 0);
  const waitSec = meanWaitSec(queue);
  return waitSec === null
    ? null
    : (waitSec * (queue.arrivalCv ** 2 + queue.serviceTimeCv ** 2)) / 2;
}

/**
 * Approximate quantile of the wait in GI/G/c: an exponential wait of those that wait, with the mean of
 * Allen–Cunneen, P(W > t) ≈ C·exp(−C·t/Wq), C of Erlang C.
 *
 * Exact for M/M/c. Good in the tail and in heavy traffic; the share that waits at all is not C where
 * arrivals are bursty or even.
 *
 * @param probability in [0, 1)
 * @returns seconds, 0 where that share does not wait; null when a ≥ c
 * @throws RangeError when `probability` is outside its range, and as {@link allenCunneenWaitSec}
 */
export function allenCunneenWaitQuantileSec(
  queue: GeneralQueue,
  probability: number,
): number | null {
  checkQuantileOrder(probability);
  const waitSec = allenCunneenWaitSec(queue);
  if (waitSec === null) return null;
  const waiting = waitProbability(queue.servers, queue.arrivalRatePerSec * queue.serviceTimeSec);
  if (waiting <= 1 - probability) return 0;
  return (Math.log(waiting / (1 - probability)) * waitSec) / waiting;
}

/**
 * Upper bound on the mean wait in GI/G/1: Kingman, Wq ≤ λ·(σa² + σs²) / (2(1 − ρ)).
 *
 * Holds for independent gaps and service times of any law.
 *
 * @param queue its `servers` must be 1
 * @returns seconds; null when ρ ≥ 1
 * @throws RangeError for more than one server and as {@link allenCunneenWaitSec}
 */
export function kingmanBoundSec(queue: GeneralQueue): number | null {
  if (queue.servers !== 1) {
    throw new RangeError(`Got ${queue.servers} servers when expected one.`);
  }
  checkAtLeast('as coefficient of variation', queue.arrivalCv, 0);
  checkAtLeast('as coefficient of variation', queue.serviceTimeCv, 0);
  if (meanWaitSec(queue) === null) return null;
  const { arrivalRatePerSec, serviceTimeSec } = queue;
  if (arrivalRatePerSec === 0) return 0;
  const gapVariance = (queue.arrivalCv / arrivalRatePerSec) ** 2;
  const serviceVariance = (queue.serviceTimeCv * serviceTimeSec) ** 2;
  return (
    (arrivalRatePerSec * (gapVariance + serviceVariance)) /
    (2 * (1 - arrivalRatePerSec * serviceTimeSec))
  );
}
