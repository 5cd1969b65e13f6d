import { checkQuantileOrder } from './check-argument';

/** Probabilities of the counts `first`, `first` + 1, …; those left out are below 1e-18 each. */
export interface PoissonWeights {
  readonly first: number;
  readonly probability: Float64Array;
}

const negligible = 1e-20;
const meanMost = 1e10;

/**
 * Probabilities of a Poisson count, walked out from its mode, so that no mean overflows.
 *
 * One step per count within about ten standard deviations of the mean.
 *
 * @throws RangeError when the mean is negative or above 1e10
 * @see Fox and Glynn, Communications of the ACM 31 (1988)
 */
export function poissonWeights(mean: number): PoissonWeights {
  if (!(mean >= 0 && mean <= meanMost)) {
    throw new RangeError(`Got a Poisson mean of ${mean} when expected 0 to ${meanMost}.`);
  }
  const mode = Math.floor(mean);
  const below: number[] = [];
  const above: number[] = [];
  let total = 1;
  let weight = 1;
  for (let k = mode; k > 0 && weight > negligible; k--) {
    weight *= k / mean;
    below.push(weight);
    total += weight;
  }
  weight = 1;
  for (let k = mode + 1; weight > negligible; k++) {
    weight *= mean / k;
    above.push(weight);
    total += weight;
  }
  const probability = new Float64Array(below.length + 1 + above.length);
  for (let i = 0; i < below.length; i++) probability[below.length - 1 - i] = below[i] / total;
  probability[below.length] = 1 / total;
  for (let i = 0; i < above.length; i++) probability[below.length + 1 + i] = above[i] / total;
  return { first: mode - below.length, probability };
}

/**
 * Smallest count k with P(Poisson ≤ k) ≥ probability.
 *
 * @param probability in [0, 1); below some 1e-17 the count is that of 1e-17
 * @throws RangeError when an argument is outside its stated range
 */
export function poissonQuantile(mean: number, probability: number): number {
  checkQuantileOrder(probability);
  const weights = poissonWeights(mean);
  let cumulative = 0;
  for (let i = 0; i < weights.probability.length; i++) {
    cumulative += weights.probability[i];
    if (cumulative >= probability) return weights.first + i;
  }
  return weights.first + weights.probability.length - 1;
}
