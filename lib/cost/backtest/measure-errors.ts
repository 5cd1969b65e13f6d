import { quantile } from '../../stats/quantile';
import type { Prediction } from '../predict/prediction';
import type { BacktestMethod, MethodErrors } from './backtest';

/** A prediction and what came. */
export interface Outcome {
  readonly prediction: Prediction;
  readonly actualUsd: number; //           above 0
}

/**
 * Pinball loss of a forecast quantile: what being off costs when being under weighs p and being over
 * 1 − p. Its expectation is least at the true quantile.
 *
 * @returns the unit of its arguments, at least 0
 * @see Koenker and Bassett, Regression Quantiles, Econometrica 46 (1978)
 */
export function pinballLoss(forecast: number, actual: number, probability: number): number {
  return actual >= forecast
    ? probability * (actual - forecast)
    : (1 - probability) * (forecast - actual);
}

/** Mean pinball loss of P10, P50 and P90; a point without an interval stands for all three. */
export function meanPinballLoss({ costUsd, interval80 }: Prediction, actualUsd: number): number {
  const [low, high] = interval80 ?? [costUsd, costUsd];
  const loss =
    pinballLoss(low, actualUsd, 0.1) +
    pinballLoss(costUsd, actualUsd, 0.5) +
    pinballLoss(high, actualUsd, 0.9);
  return loss / 3;
}

const holds = ({ prediction: { interval80 }, actualUsd }: Outcome): boolean =>
  interval80 !== null && interval80[0] <= actualUsd && actualUsd <= interval80[1];

/**
 * Measures how far predictions were from what came.
 *
 * @param outcomes at least one
 */
export function measureErrors(method: BacktestMethod, outcomes: readonly Outcome[]): MethodErrors {
  let predictedUsd = 0;
  let actualUsd = 0;
  let loss = 0;
  for (const { prediction, actualUsd: actual } of outcomes) {
    predictedUsd += prediction.costUsd;
    actualUsd += actual;
    loss += meanPinballLoss(prediction, actual);
  }
  const withInterval = outcomes.filter(({ prediction }) => prediction.interval80 !== null);
  return {
    method,
    medianError: quantile(
      outcomes.map((one) => Math.abs(one.prediction.costUsd / one.actualUsd - 1)),
      0.5,
    ),
    totalError: predictedUsd / actualUsd - 1,
    pinballLoss: loss / actualUsd,
    coverage80:
      withInterval.length === 0 ? null : withInterval.filter(holds).length / withInterval.length,
  };
}
