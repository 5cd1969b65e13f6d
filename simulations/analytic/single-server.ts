import { checkAtLeast, checkQuantileOrder } from './check-argument';

/** Poisson arrivals at one exponential server. */
export interface SingleServerQueue {
  readonly arrivalRatePerSec: number; // λ, at least 0
  readonly serviceTimeSec: number; //    S, at least 0
}

/** Steady state of M/M/1, first come first served. */
export interface SingleServerState {
  readonly utilization: number; //             ρ
  readonly numberInSystem: number; //          L = ρ/(1 − ρ)
  readonly numberInSystemVariance: number; //  ρ/(1 − ρ)²
  readonly queueLength: number; //             Lq = ρ²/(1 − ρ)
  readonly responseTimeSec: number; //         W = S/(1 − ρ)
  readonly waitSec: number; //                 Wq = ρ·S/(1 − ρ)
}

/** ρ = λ·S of a single server. @throws RangeError when a rate or time is negative or not finite */
export function singleServerUtilization(queue: SingleServerQueue): number {
  checkAtLeast('arrivals per second', queue.arrivalRatePerSec, 0);
  checkAtLeast('seconds of service time', queue.serviceTimeSec, 0);
  return queue.arrivalRatePerSec * queue.serviceTimeSec;
}

/**
 * Steady state of M/M/1.
 *
 * @returns null when ρ ≥ 1, where the queue grows without end
 * @throws RangeError when a rate or time is negative or not finite
 * @see Kleinrock, Queueing Systems, vol. 1 (1975), §3.2
 */
export function solveSingleServer(queue: SingleServerQueue): SingleServerState | null {
  const utilization = singleServerUtilization(queue);
  if (utilization >= 1) return null;
  const idle = 1 - utilization;
  return {
    utilization,
    numberInSystem: utilization / idle,
    numberInSystemVariance: utilization / (idle * idle),
    queueLength: (utilization * utilization) / idle,
    responseTimeSec: queue.serviceTimeSec / idle,
    waitSec: (utilization * queue.serviceTimeSec) / idle,
  };
}

/**
 * Quantile of the response time in M/M/1, which is exponential with mean S/(1 − ρ).
 *
 * @param probability in [0, 1)
 * @returns seconds; null when ρ ≥ 1
 * @throws RangeError when an argument is outside its stated range
 */
export function responseQuantileSec(queue: SingleServerQueue, probability: number): number | null {
  checkQuantileOrder(probability);
  const state = solveSingleServer(queue);
  return state === null ? null : -Math.log1p(-probability) * state.responseTimeSec;
}
