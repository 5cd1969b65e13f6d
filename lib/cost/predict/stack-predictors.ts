import type { SessionSplit } from './cut-by-length';
import type { Prediction } from './prediction';

/** Predicts the total of a session, by its index. */
export type Predictor = (session: number) => Prediction;

/** One way to learn to predict. */
export interface Candidate {
  readonly priorWeight: number; //         above 0; how far it is believed before any session is seen
  readonly fit: (sessions: readonly number[]) => Predictor;
}

/** Candidates that are off by less than five percent are not worth telling apart. */
const minErrorVariance = 0.05 ** 2;
/** A candidate's own account of its scatter counts for as much as the errors of so many sessions. */
const scatterPriorSessions = 20;
const maxReachFactor = 3;
/** Fewer sessions do not make a candidate; more than so many do not tell more. */
const minInnerFit = 3;
const maxInnerTest = 400;

/** Half the width of an 80 % interval in logarithms; NaN where there is none. */
const reachOf = ({ costUsd, interval80 }: Prediction): number =>
  interval80 === null ? Number.NaN : Math.log(interval80[1] / costUsd);

/** t quantile of the normal distribution at 0.9: what candidates differ by, as reach. */
const normalReach = 1.2816;

/** Weighted geometric mean of predictions, with the reach of its interval in logarithms. */
function mix(predictions: readonly Prediction[], weights: readonly number[]) {
  const logs = predictions.map(({ costUsd }) => Math.log(costUsd));
  const log = logs.reduce((sum, value, j) => sum + weights[j] * value, 0);
  const squares = predictions.reduce(
    (sum, one, j) => sum + weights[j] * (reachOf(one) ** 2 + (normalReach * (logs[j] - log)) ** 2),
    0,
  );
  return { log, reach: Math.sqrt(squares) };
}

interface InnerOutcome {
  readonly predictions: readonly Prediction[];
  readonly logActual: number;
}

function predictInner(
  candidates: readonly Candidate[],
  { fit, test }: SessionSplit,
  totalUsd: ArrayLike<number>,
): InnerOutcome[] {
  if (fit.length < minInnerFit) return [];
  const predictors = candidates.map((candidate) => candidate.fit(fit));
  const every = Math.ceil(test.length / maxInnerTest);
  return test
    .filter((_, i) => i % every === 0)
    .map((session) => ({
      predictions: predictors.map((predict) => predict(session)),
      logActual: Math.log(totalUsd[session]),
    }));
}

/** Posterior weights: a normal likelihood of inner log errors, each candidate at its own variance. */
function weigh(candidates: readonly Candidate[], inner: readonly InnerOutcome[]): number[] {
  const logs = candidates.map(({ priorWeight }, j) => {
    const squares = inner.reduce(
      (sum, { predictions, logActual }) =>
        sum + (logActual - Math.log(predictions[j].costUsd)) ** 2,
      0,
    );
    const variance = squares / Math.max(1, inner.length) + minErrorVariance;
    return Math.log(priorWeight) - (inner.length * Math.log(variance)) / 2;
  });
  const most = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - most));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** By how much intervals would have to be wider, or narrower, to hold four inner sessions of five. */
function measureReach(inner: readonly InnerOutcome[], weights: readonly number[]): number {
  const ratios = inner
    .map(({ predictions, logActual }) => {
      const { log, reach } = mix(predictions, weights);
      return Math.abs(logActual - log) / reach;
    })
    .filter((ratio) => Number.isFinite(ratio))
    .sort((a, b) => a - b);
  const n = ratios.length;
  if (n === 0) return 1;
  const at = Math.min(n, Math.ceil(0.8 * (n + 1))) - 1;
  const factor = Math.min(maxReachFactor, Math.max(1 / maxReachFactor, ratios[at]));
  return factor ** (n / (n + scatterPriorSessions));
}

/**
 * Lets the sessions that are learnt from decide between ways to predict, and how far off they are.
 *
 * Every candidate learns from one part of them and predicts the other. By those errors the candidates
 * are weighted against what was believed before, and the interval is made wider or narrower, so that
 * it holds under the same shift. Few sessions change neither. Predictions are averaged in logarithms.
 *
 * @param inner a split of `fit` that is to what follows as its first part is to its second
 * @param totalUsd of every session, above 0
 * @see Yao et al., Using Stacking to Average Bayesian Predictive Distributions, Bayesian Analysis 13
 *   (2018); Lei et al., Distribution-Free Predictive Inference for Regression, JASA 113 (2018)
 */
export function stackPredictors(
  candidates: readonly Candidate[],
  fit: readonly number[],
  inner: SessionSplit,
  totalUsd: ArrayLike<number>,
): Predictor {
  const outcomes = predictInner(candidates, inner, totalUsd);
  const weights = weigh(candidates, outcomes);
  const factor = measureReach(outcomes, weights);
  const predictors = candidates.map((candidate) => candidate.fit(fit));
  return (session) => {
    const { log, reach } = mix(
      predictors.map((predict) => predict(session)),
      weights,
    );
    const costUsd = Math.exp(log);
    if (Number.isNaN(reach)) return { costUsd, interval80: null };
    const times = Math.exp(reach * factor);
    return { costUsd, interval80: [costUsd / times, costUsd * times] };
  };
}
