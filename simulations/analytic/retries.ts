import { checkCount, checkProbability } from './check-argument';

/** What a limit on attempts makes of requests whose attempts fail independently. */
export interface RetryOutcome {
  readonly attemptsPerRequest: number; // (1 − pⁿ)/(1 − p)
  readonly successProbability: number; // 1 − pⁿ
}

/**
 * Attempts and success of requests retried up to n attempts in all, each failing with probability p
 * whatever happened before. Nested layers multiply: n₁ attempts within n₂ are n = n₁·n₂.
 *
 * Where failures come from overload they are not independent, and more attempts make p worse.
 *
 * @param attemptsMax n; integer, at least 1, or Infinity
 * @returns for p = 1 and unlimited attempts Infinity attempts and no success
 * @throws RangeError when an argument is outside its stated range
 */
export function solveRetries(failureProbability: number, attemptsMax: number): RetryOutcome {
  checkProbability('failure probability', failureProbability);
  if (attemptsMax !== Infinity) checkCount('attempts', attemptsMax, 1);
  if (failureProbability === 1) return { attemptsPerRequest: attemptsMax, successProbability: 0 };
  const successProbability = 1 - failureProbability ** attemptsMax;
  return {
    attemptsPerRequest: successProbability / (1 - failureProbability),
    successProbability,
  };
}
