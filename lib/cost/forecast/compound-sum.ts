/** Beyond this skewness a shifted square of a normal deviate has no more to give. */
const skewnessMax = 2 * Math.SQRT2;

/** The root of 6c − 4c³ = skewness for which z keeps the larger weight. */
function bendOf(skewness: number): number {
  // For sums of many sessions two Newton steps are at the root to 1e-9, and cheaper than its sine.
  if (skewness > 0.5) return Math.SQRT2 * Math.sin(Math.asin(skewness / skewnessMax) / 3);
  let bend = skewness / 6;
  for (let step = 0; step < 2; step++) {
    const square = bend * bend;
    bend -= (6 * bend - 4 * bend * square - skewness) / (6 - 12 * square);
  }
  return bend;
}

/**
 * The cost of a random number of sessions at a standard normal deviate, without drawing them.
 *
 * Sessions come as a Poisson process and cost independently of each other: a compound Poisson sum
 * has mean λ·m₁, variance λ·m₂ and skewness m₃ ÷ (√λ·m₂^1.5). It is read as a + b·z + c·(z² − 1), with
 * the coefficients that give it exactly these (mean and variance always, the skewness up to 2.83,
 * where λ is a handful of very unequal sessions), and never less than 0.
 *
 * For given `z` the value rises with λ, so that the same deviates compare plans like with like.
 *
 * @param expected λ, expected number of sessions; at least 0
 * @param mean m₁, mean cost of a session in USD; second and third are the means of its powers
 * @returns USD, at least 0
 * @see Daykin, Pentikäinen and Pesonen, Practical Risk Theory for Actuaries (1994), §3.2 and §4.2
 */
export function compoundSumAt(
  expected: number,
  mean: number,
  second: number,
  third: number,
  z: number,
): number {
  const variance = expected * second;
  if (!(variance > 0)) return Math.max(0, expected * mean);
  const skewness = Math.min(skewnessMax, third / (second * Math.sqrt(variance)));
  const bend = bendOf(skewness);
  const slope = Math.sqrt(Math.max(0, 1 - 2 * bend * bend));
  const standard = slope * z + bend * (z * z - 1);
  return Math.max(0, expected * mean + Math.sqrt(variance) * standard);
}
