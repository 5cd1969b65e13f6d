/**
 * ∫ level dt from the time spent at each level.
 *
 * @param timeSecByLevel seconds at level 0, 1, 2 …
 */
export function integrate(timeSecByLevel: Float64Array): number {
  let integralSec = 0;
  for (let level = 1; level < timeSecByLevel.length; level++) {
    integralSec += level * timeSecByLevel[level];
  }
  return integralSec;
}

/** ∫ level² dt from the time spent at each level, as `integrate`. */
export function integrateSquared(timeSecByLevel: Float64Array): number {
  let integralSec = 0;
  for (let level = 1; level < timeSecByLevel.length; level++) {
    integralSec += level * level * timeSecByLevel[level];
  }
  return integralSec;
}
