import { describeOccupancy, solveBirthDeath } from './birth-death';
import { checkAbove, checkCount } from './check-argument';
import type { OpenQueue } from './erlang-c';

/** An M/M/c/K queue: arrivals that find `capacity` customers are turned away. */
export interface FiniteQueue extends OpenQueue {
  readonly capacity: number; // K, waiting and in service; integer, at least c
}

/** Steady state of a queue with a finite waiting room. */
export interface FiniteQueueState {
  readonly rejectProbability: number; // share of arrivals turned away
  readonly throughputPerSec: number; //  λ·(1 − reject)
  readonly numberInSystem: number; //    L
  readonly queueLength: number; //       Lq
  readonly waitSec: number; //           mean over accepted arrivals
  readonly responseTimeSec: number; //   mean over accepted arrivals
  readonly utilization: number; //       busy servers ÷ c
}

/**
 * Steady state of M/M/c/K, which exists at any load.
 *
 * Birth–death walked out from the likeliest state; waits of accepted arrivals by Little's law. Costs
 * one step per state that counts, at most K and some 50/|1 − ρ|.
 *
 * @throws RangeError when servers < 1, capacity < servers, a rate or service time is not above 0, or
 * more than a million states count
 * @see Gross and Harris, Fundamentals of Queueing Theory (1998), §2.5
 */
export function solveFiniteQueue(queue: FiniteQueue): FiniteQueueState {
  const { servers, capacity, arrivalRatePerSec, serviceTimeSec } = queue;
  checkCount('servers', servers, 1);
  checkCount('places for customers', capacity, servers);
  checkAbove('arrivals per second', arrivalRatePerSec, 0);
  checkAbove('seconds of service time', serviceTimeSec, 0);
  const offeredLoadErlangs = arrivalRatePerSec * serviceTimeSec;
  const states = solveBirthDeath({
    birthRatePerSec: () => arrivalRatePerSec,
    deathRatePerSec: (n) => Math.min(n, servers) / serviceTimeSec,
    mode: offeredLoadErlangs >= servers ? capacity : Math.floor(offeredLoadErlangs),
    capacity,
  });
  const { numberInSystem, queueLength } = describeOccupancy(states, servers);
  const last = capacity - states.first;
  const rejectProbability = last < states.probability.length ? states.probability[last] : 0;
  const throughputPerSec = arrivalRatePerSec * (1 - rejectProbability);
  return {
    rejectProbability,
    throughputPerSec,
    numberInSystem,
    queueLength,
    waitSec: queueLength / throughputPerSec,
    responseTimeSec: numberInSystem / throughputPerSec,
    utilization: (throughputPerSec * serviceTimeSec) / servers,
  };
}
