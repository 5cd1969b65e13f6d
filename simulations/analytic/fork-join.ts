import { checkAtLeast, checkCount } from './check-argument';
import { harmonicNumber } from './harmonic-number';
import { pollaczekKhinchineWaitSec } from './pollaczek-khinchine';
import { type SingleServerQueue, solveSingleServer } from './single-server';

/** Poisson arrivals that split into one exponential task for each of K servers. */
export interface ForkJoin extends SingleServerQueue {
  readonly branches: number; // K; integer, at least 1; every branch has a queue and a server
}

/**
 * Mean response time of fork–join: each task queues at its own server, the last to finish ends it.
 *
 * Exact for K = 1 and K = 2, (12 − ρ)/8 · S/(1 − ρ); beyond, the approximation of Nelson and Tantawi,
 * T(2)·[H(K)/H(2) + 4/11·(1 − H(K)/H(2))·ρ], within 5 % for K ≤ 32.
 *
 * @returns seconds; null when ρ ≥ 1
 * @throws RangeError when an argument is outside its stated range
 * @see Flatto and Hahn, SIAM J. Appl. Math. 44 (1984); Nelson and Tantawi, IEEE Trans. Computers 37
 * (1988)
 */
export function forkJoinResponseSec(system: ForkJoin): number | null {
  checkCount('branches', system.branches, 1);
  const state = solveSingleServer(system);
  if (state === null) return null;
  if (system.branches === 1) return state.responseTimeSec;
  const ofTwo = ((12 - state.utilization) / 8) * state.responseTimeSec;
  const growth = harmonicNumber(system.branches) / harmonicNumber(2);
  return ofTwo * (growth + (4 / 11) * (1 - growth) * state.utilization);
}

/**
 * Mean of the longest of K independent exponential times, H(K)·mean: fan-out without any queueing.
 *
 * @param count K; integer, at least 0
 * @param meanSec of one, at least 0
 * @returns seconds
 * @throws RangeError when an argument is outside its stated range
 */
export function maxOfExponentialsSec(count: number, meanSec: number): number {
  checkAtLeast('seconds of mean', meanSec, 0);
  return harmonicNumber(count) * meanSec;
}

/** Steady state of split–merge. */
export interface SplitMergeState {
  readonly saturationRatePerSec: number; //   arrivals per second, 1/(H(K)·S)
  readonly responseTimeSec: number | null; // null at or above it
}

/**
 * Split–merge: the next job starts when all K tasks of the last are done. M/G/1 with the longest of K
 * exponential times as service, mean H(K)·S and variance S²·Σ1/i².
 *
 * @throws RangeError when an argument is outside its stated range
 */
export function solveSplitMerge(system: ForkJoin): SplitMergeState {
  const { branches, arrivalRatePerSec } = system;
  checkCount('branches', branches, 1);
  const serviceTimeSec = maxOfExponentialsSec(branches, system.serviceTimeSec);
  const serviceTimeCv = Math.sqrt(harmonicNumber(branches, 2)) / harmonicNumber(branches);
  const waitSec = pollaczekKhinchineWaitSec({ arrivalRatePerSec, serviceTimeSec, serviceTimeCv });
  return {
    saturationRatePerSec: 1 / serviceTimeSec,
    responseTimeSec: waitSec === null ? null : waitSec + serviceTimeSec,
  };
}
