import { checkAbove } from './check-argument';
import { normalQuantile } from './normal-distribution';
import { meanResidualSec } from './pollaczek-khinchine';

/** A lognormal time, known by two quantiles. */
export interface LognormalTime {
  readonly logMean: number; //      μ, of the logarithm of seconds
  readonly logDeviation: number; // σ
  readonly meanSec: number; //      exp(μ + σ²/2)
  readonly cv: number; //           √(exp(σ²) − 1)
  readonly residualSecMean: number; // E[X²]/(2·E[X]), seen at a random moment
}

/**
 * Lognormal law with a given median and 99th percentile, σ = ln(P99/median)/2.3263.
 *
 * @param medianSec above 0
 * @param p99Sec at least the median
 * @throws RangeError when an argument is outside its stated range
 */
export function fitLognormal(medianSec: number, p99Sec: number): LognormalTime {
  checkAbove('seconds of median', medianSec, 0);
  if (!(p99Sec >= medianSec && p99Sec < Infinity)) {
    throw new RangeError(`Got a P99 of ${p99Sec} s when expected at least the median.`);
  }
  const logDeviation = Math.log(p99Sec / medianSec) / normalQuantile(0.99);
  const meanSec = medianSec * Math.exp(logDeviation ** 2 / 2);
  const cv = Math.sqrt(Math.expm1(logDeviation ** 2));
  return {
    logMean: Math.log(medianSec),
    logDeviation,
    meanSec,
    cv,
    residualSecMean: meanResidualSec(meanSec, cv),
  };
}
