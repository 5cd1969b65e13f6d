import { checkAtLeast, checkCount } from './check-argument';

/**
 * Probability that an arrival finds all of c servers busy and is lost (M/G/c/c, Erlang B).
 *
 * Recursion B(0) = 1, B(k) = a·B(k−1) / (k + a·B(k−1)); every step stays in [0, 1], where factorials
 * would overflow from c = 171. Holds for every law of service time with the same mean. One step per
 * server.
 *
 * @param servers c; integer, at least 0
 * @param offeredLoadErlangs a = λ·S, at least 0; may exceed c
 * @returns probability in [0, 1]
 * @throws RangeError when an argument is outside its stated range
 * @see Kleinrock, Queueing Systems, vol. 1 (1975), §3.6
 */
export function blockingProbability(servers: number, offeredLoadErlangs: number): number {
  checkCount('servers', servers, 0);
  checkAtLeast('erlangs', offeredLoadErlangs, 0);
  let blocking = 1;
  for (let k = 1; k <= servers; k++) {
    blocking = (offeredLoadErlangs * blocking) / (k + offeredLoadErlangs * blocking);
  }
  return blocking;
}
