import { checkAbove, checkAtLeast, checkCount } from './check-argument';
import { blockingProbability } from './erlang-b';
import type { OpenQueue } from './erlang-c';

/** An M/M/c+D queue: who has waited `timeoutSec` leaves the line. */
export interface TimeoutQueue extends OpenQueue {
  readonly timeoutSec: number; // τ, at least 0
}

/** Steady state of a queue with one timeout for all. */
export interface TimeoutState {
  readonly timeoutProbability: number; // share of arrivals that time out
  readonly waitProbability: number; //    share of arrivals that find all servers busy
  readonly waitSecMean: number; //        over all arrivals, those that time out counted with τ
}

/**
 * Steady state of M/M/c+D, which exists at any load.
 *
 * The wait that an arrival is offered has density λ·p(c−1)·exp(−(cμ − λ)x) up to τ and falls with
 * exp(−cμ·x) from there, as nobody joins behind a wait that long; p(c−1) relative to an idle server
 * is B(c − 1, a) of Erlang B. All terms are scaled by the largest, so overload does not overflow.
 * Cost: one step per server.
 *
 * @throws RangeError when servers < 1, a rate or service time is not above 0, or τ is negative
 * @see Barrer, Operations Research 5 (1957); Baccelli and Hebuterne, Performance '81
 */
export function solveFixedTimeout(queue: TimeoutQueue): TimeoutState {
  const { servers, arrivalRatePerSec, serviceTimeSec, timeoutSec } = queue;
  checkCount('servers', servers, 1);
  checkAbove('arrivals per second', arrivalRatePerSec, 0);
  checkAbove('seconds of service time', serviceTimeSec, 0);
  checkAtLeast('seconds of timeout', timeoutSec, 0);
  const capacityPerSec = servers / serviceTimeSec;
  const spareTimeouts = (capacityPerSec - arrivalRatePerSec) * timeoutSec; // (cμ − λ)·τ
  const shift = Math.max(0, -spareTimeouts); // every weight is divided by exp(shift)
  const lastIdleRate =
    arrivalRatePerSec * blockingProbability(servers - 1, arrivalRatePerSec * serviceTimeSec);
  const atTimeout = Math.exp(-spareTimeouts - shift);
  const beyond = (lastIdleRate * atTimeout) / capacityPerSec;
  const [mass, moment] = decayIntegrals(spareTimeouts, shift);
  const waiting = lastIdleRate * timeoutSec * mass + beyond;
  const total = Math.exp(-shift) + waiting;
  return {
    timeoutProbability: beyond / total,
    waitProbability: waiting / total,
    waitSecMean: (lastIdleRate * timeoutSec * timeoutSec * moment + timeoutSec * beyond) / total,
  };
}

/** ∫₀¹ exp(−d·u − shift) du and ∫₀¹ u·exp(−d·u − shift) du; series where the closed form cancels. */
function decayIntegrals(d: number, shift: number): [mass: number, moment: number] {
  if (Math.abs(d) > 0.1) {
    const start = Math.exp(-shift);
    const end = Math.exp(-d - shift);
    return [(start - end) / d, (start - end * (1 + d)) / (d * d)];
  }
  let mass = 0;
  let moment = 0;
  let term = Math.exp(-shift);
  for (let k = 0; k < 16; k++) {
    mass += term / (k + 1);
    moment += term / (k + 2);
    term *= -d / (k + 1);
  }
  return [mass, moment];
}
