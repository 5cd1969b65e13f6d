import { checkCount, checkProbability } from './check-argument';

/**
 * Mean number of calls until a breaker that opens at n failures in a row opens,
 * (1 − pⁿ)/(pⁿ(1 − p)), the call that opens it included.
 *
 * @param failureProbability p of each call, independent
 * @param failuresInRow n; integer, at least 1
 * @returns Infinity for p = 0
 * @throws RangeError when an argument is outside its stated range
 */
export function callsUntilOpen(failureProbability: number, failuresInRow: number): number {
  checkProbability('failure probability', failureProbability);
  checkCount('failures in a row', failuresInRow, 1);
  if (failureProbability === 1) return failuresInRow;
  const streak = failureProbability ** failuresInRow;
  return streak === 0 ? Infinity : (1 - streak) / (streak * (1 - failureProbability));
}
