const normalQuantile975 = 1.959963984540054;

/**
 * Wilson score interval of a proportion, 95 % unless told otherwise.
 *
 * @param successes whole number from 0 to `trials`
 * @param trials whole number of at least 0
 * @param z two-sided normal quantile of the confidence wanted
 * @returns lower and upper end in [0, 1]; [0, 1] without trials, which say nothing
 * @throws RangeError when the counts are outside their range
 * @see Wilson, J. Amer. Statist. Assoc. 22 (1927)
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  z = normalQuantile975,
): [number, number] {
  if (!(successes >= 0 && successes <= trials)) {
    throw new RangeError(`Got ${successes} of ${trials} when expected counts from 0 to trials.`);
  }
  if (trials === 0) return [0, 1];
  const share = successes / trials;
  const z2 = z * z;
  const centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const spread =
    (z * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials))) /
    (1 + z2 / trials);
  return [successes === 0 ? 0 : centre - spread, successes === trials ? 1 : centre + spread];
}
