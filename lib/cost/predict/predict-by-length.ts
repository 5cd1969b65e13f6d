import { fitWithPriors, type PriorRegression, predictAt } from '../../stats/prior-regression';
import { callsOf, type PredictableSessions } from './predictable-sessions';
import { minSessionsForInterval, type Prediction, spreadLogarithm } from './prediction';

/** Of a logarithm: no fit is taken to be better than to one percent. */
export const minLogVariance = 0.01 ** 2;

/**
 * Cost is taken to grow in proportion to calls unless the sessions say otherwise: exponents from
 * 0.3 to 1.7 are not surprising. Sessions that grow slowly last longer, and full replay is nearly
 * quadratic, so that recorded sources lie on both sides.
 */
export const exponentPrior = { mean: 1, deviation: 0.35 } as const;

/** How a session's total follows from how many calls it has. */
export interface LengthFit {
  readonly regression: PriorRegression; // of log cost on log calls, one point per session
}

/**
 * Fits total cost ~ callsᵇ between sessions, which takes in that long sessions differ from short
 * ones. Full replay alone would bend upwards: at three times the lengths that were seen, a power falls
 * about a fifth short of it. Most recorded sessions do not bend, because those that last grow more
 * slowly; where the calls of each agent are known, the sessions themselves decide (fitStackedPlans).
 *
 * @param fit indexes of the sessions to learn from, at least one
 */
export function fitLength(sessions: PredictableSessions, fit: readonly number[]): LengthFit {
  return {
    regression: fitWithPriors(
      fit.map((session) => [Math.log(callsOf(sessions, session))]),
      fit.map((session) => Math.log(sessions.totalUsd[session])),
      [exponentPrior],
      minLogVariance,
    ),
  };
}

/**
 * Total of a session that has a number of calls, of which nothing else is known.
 *
 * @param calls at least 1
 */
export function predictByLength({ regression }: LengthFit, calls: number): Prediction {
  const { mean, slopeVariance } = predictAt(regression, [Math.log(calls)]);
  const { n, residualVariance, degreesOfFreedom } = regression;
  if (n < minSessionsForInterval) return { costUsd: Math.exp(mean), interval80: null };
  const logVariance = residualVariance * (1 + 1 / n) + slopeVariance;
  return spreadLogarithm(Math.exp(mean), logVariance, degreesOfFreedom);
}
