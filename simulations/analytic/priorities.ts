import { checkAtLeast } from './check-argument';
import { waitProbability } from './erlang-c';
import type { GeneralServiceQueue } from './pollaczek-khinchine';

/** Utilisation by classes up to and including each, σ(k); the first class goes first. */
function cumulativeLoads(classes: readonly GeneralServiceQueue[]): number[] {
  let load = 0;
  return classes.map(({ arrivalRatePerSec, serviceTimeSec, serviceTimeCv }) => {
    checkAtLeast('arrivals per second', arrivalRatePerSec, 0);
    checkAtLeast('seconds of service time', serviceTimeSec, 0);
    checkAtLeast('as coefficient of variation', serviceTimeCv, 0);
    load += arrivalRatePerSec * serviceTimeSec;
    return load;
  });
}

/** E[S²] of a class. */
function secondMoment({ serviceTimeSec, serviceTimeCv }: GeneralServiceQueue): number {
  return serviceTimeSec ** 2 * (1 + serviceTimeCv ** 2);
}

/**
 * Mean wait by class in M/G/1 where higher classes go first and service is not interrupted (Cobham):
 * Wq(k) = R / ((1 − σ(k−1))(1 − σ(k))), R the mean rest of the service at hand.
 *
 * Classes that fit stay finite while later ones overload the server: the one class that is served in
 * part then fills the idle time with its services.
 *
 * @param classes the first goes first
 * @returns seconds by class; null from the first class with σ(k) ≥ 1 on
 * @throws RangeError when a rate, time or CV is negative or not finite
 * @see Cobham, Operations Research 2 (1954); Kleinrock, Queueing Systems, vol. 2 (1976), §3.6
 */
export function nonpreemptiveWaitSec(classes: readonly GeneralServiceQueue[]): (number | null)[] {
  const loads = cumulativeLoads(classes);
  let residualSec = 0;
  let free = 1;
  for (let k = 0; k < classes.length; k++) {
    const { arrivalRatePerSec, serviceTimeSec } = classes[k];
    const share = Math.min(free, arrivalRatePerSec * serviceTimeSec);
    if (share > 0) residualSec += (share * secondMoment(classes[k])) / (2 * serviceTimeSec);
    free -= share;
  }
  return loads.map((load, k) =>
    load >= 1 ? null : residualSec / ((1 - (k === 0 ? 0 : loads[k - 1])) * (1 - load)),
  );
}

/**
 * Mean response time by class in M/G/1 where higher classes interrupt lower ones, which resume:
 * T(k) = S(k)/(1 − σ(k−1)) + Σ(i ≤ k) λ(i)·E[S(i)²] / (2(1 − σ(k−1))(1 − σ(k))).
 *
 * @param classes the first goes first
 * @returns seconds by class; null from the first class with σ(k) ≥ 1 on
 * @throws RangeError when a rate, time or CV is negative or not finite
 * @see Gross and Harris, Fundamentals of Queueing Theory (1998), §3.3
 */
export function preemptiveResumeResponseSec(
  classes: readonly GeneralServiceQueue[],
): (number | null)[] {
  const loads = cumulativeLoads(classes);
  let residualSec = 0;
  return loads.map((load, k) => {
    residualSec += (classes[k].arrivalRatePerSec * secondMoment(classes[k])) / 2;
    if (load >= 1) return null;
    const freeOfHigher = 1 - (k === 0 ? 0 : loads[k - 1]);
    return classes[k].serviceTimeSec / freeOfHigher + residualSec / (freeOfHigher * (1 - load));
  });
}

/** Classes with one exponential law of service that share a pool; the first goes first. */
export interface PriorityPool {
  readonly servers: number; // integer, at least 1
  readonly serviceTimeSec: number; // S, at least 0
  readonly arrivalRatePerSecByClass: readonly number[]; // at least 0
}

/**
 * Mean wait by class in M/M/c where higher classes go first and service is not interrupted:
 * Wq(k) = C·S/c / ((1 − σ(k−1))(1 − σ(k))), C of Erlang C at the load of all classes.
 *
 * @returns seconds by class; null from the first class with σ(k) ≥ 1 on
 * @throws RangeError when an argument is outside its stated range
 * @see Cobham, Operations Research 2 (1954); Kella and Yechiali, Naval Research Logistics 32 (1985)
 */
export function priorityPoolWaitSec(pool: PriorityPool): (number | null)[] {
  const { servers, serviceTimeSec, arrivalRatePerSecByClass } = pool;
  const perServer = serviceTimeSec / servers;
  const loads = cumulativeLoads(
    arrivalRatePerSecByClass.map((arrivalRatePerSec) => ({
      arrivalRatePerSec,
      serviceTimeSec: perServer,
      serviceTimeCv: 1,
    })),
  );
  const clearSec = waitProbability(servers, (loads.at(-1) ?? 0) * servers) * perServer;
  return loads.map((load, k) =>
    load >= 1 ? null : clearSec / ((1 - (k === 0 ? 0 : loads[k - 1])) * (1 - load)),
  );
}
