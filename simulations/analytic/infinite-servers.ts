import { checkAbove, checkAtLeast } from './check-argument';
import { poissonQuantile } from './poisson-distribution';

/** Sessions that come as a Poisson process and never wait for one another. */
export interface InfiniteServers {
  readonly arrivalRatePerSec: number; // at least 0
  readonly serviceTimeSec: number; //    mean time in the system, at least 0
}

/** Mean number at once in M/G/∞, λ·S; the number is Poisson for every law of time. */
export function meanConcurrency({ arrivalRatePerSec, serviceTimeSec }: InfiniteServers): number {
  checkAtLeast('arrivals per second', arrivalRatePerSec, 0);
  checkAtLeast('seconds of service time', serviceTimeSec, 0);
  return arrivalRatePerSec * serviceTimeSec;
}

/**
 * Quantile of the number at once in M/G/∞, a Poisson count with mean λ·S.
 *
 * @param probability in [0, 1)
 * @throws RangeError when an argument is outside its stated range
 */
export function concurrencyQuantile(system: InfiniteServers, probability: number): number {
  return poissonQuantile(meanConcurrency(system), probability);
}

/** A rate of arrivals that swings as a sine around its mean: λ(t) = mean + amplitude·sin(2πt/period). */
export interface SinusoidalLoad {
  readonly arrivalRatePerSecMean: number; //      at least the amplitude
  readonly arrivalRatePerSecAmplitude: number; // at least 0
  readonly periodSec: number; //                  above 0
  readonly serviceTimeSec: number; //             exponential, at least 0
}

/**
 * Mean number at once in M(t)/M/∞ long after the start:
 * m(t) = S·(mean + amplitude·(sin γt − γS·cos γt)/(1 + γ²S²)), γ = 2π/period.
 *
 * The peak comes later than that of the rate and is lower, more so the longer the service.
 *
 * @param timeSec since a moment at which the rate rises through its mean
 * @throws RangeError when an argument is outside its stated range
 * @see Eick, Massey and Whitt, Management Science 39 (1993)
 */
export function sinusoidalConcurrency(load: SinusoidalLoad, timeSec: number): number {
  const { arrivalRatePerSecMean, arrivalRatePerSecAmplitude, periodSec, serviceTimeSec } = load;
  checkAtLeast('arrivals per second of amplitude', arrivalRatePerSecAmplitude, 0);
  checkAtLeast('arrivals per second', arrivalRatePerSecMean, arrivalRatePerSecAmplitude);
  checkAbove('seconds of period', periodSec, 0);
  checkAtLeast('seconds of service time', serviceTimeSec, 0);
  const angularPerSec = (2 * Math.PI) / periodSec;
  const lag = angularPerSec * serviceTimeSec;
  const swing =
    (Math.sin(angularPerSec * timeSec) - lag * Math.cos(angularPerSec * timeSec)) / (1 + lag * lag);
  return serviceTimeSec * (arrivalRatePerSecMean + arrivalRatePerSecAmplitude * swing);
}
