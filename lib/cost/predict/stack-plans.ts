import { cutByLength } from './cut-by-length';
import { fitPlans, predictByPlan, readPlan } from './predict-by-plan';
import type { PredictableSessions } from './predictable-sessions';
import { type Candidate, type Predictor, stackPredictors } from './stack-predictors';

/**
 * A power of calls is believed a hundred to one: sessions that last grow more slowly than those that end,
 * and in most recorded sources that hides the bend of full replay.
 */
const priorWeights = { power: 0.99, replay: 0.01 } as const;

/**
 * Predicts a session's total from its calls by agent and model, as a power of calls or of the curve of
 * replayed history, whichever foretold the longer ones of the sessions to learn from.
 *
 * @param fit indexes of the sessions to learn from, at least one
 * @param options whether the first prompt of each group may be known, too
 */
export function fitStackedPlans(
  sessions: PredictableSessions,
  fit: readonly number[],
  options: { readonly knowsFirstPrompt: boolean },
): Predictor {
  const candidateOf = (growth: 'power' | 'replay'): Candidate => ({
    priorWeight: priorWeights[growth],
    fit: (of) => {
      const plans = fitPlans(sessions, of, { ...options, growth });
      return (session) => predictByPlan(plans, readPlan(sessions, session));
    },
  });
  const inner = cutByLength(sessions, fit);
  const candidates = [candidateOf('power'), candidateOf('replay')];
  return stackPredictors(candidates, fit, inner, sessions.totalUsd);
}
