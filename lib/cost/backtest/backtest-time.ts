import { quantile } from '../../stats/quantile';
import { createRandomStream } from '../../stats/random-stream';
import { fitSurvivorBaseline } from '../predict/baselines';
import { callsOf, type PredictableSessions } from '../predict/predictable-sessions';
import { type Prediction, predictMean } from '../predict/prediction';
import type { Backtest, TimeBacktest } from './backtest';
import { meanPinballLoss } from './measure-errors';
import { splitByChance, splitByTime } from './split-sessions';

/** Sessions below which three of ten say nothing about a mean. */
const minSessions = 10;
const randomSplits = 200;

const meanOf = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;

function deviationOf(values: Float64Array): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

const holds = ({ interval80 }: Prediction, actual: number): boolean =>
  interval80 !== null && interval80[0] <= actual && actual <= interval80[1];

/** Expected size of a normal error of standard deviation 1, √(2/π). */
const meanAbsoluteNormal = Math.sqrt(2 / Math.PI);

/** How the mean of one half by chance foretold that of the other. */
export interface RandomHalf {
  readonly isCovered: boolean;
  readonly errorUsd: number; //            absolute
  /** E|N(0, s²(1/n + 1/m))| with s of all sessions: no method can expect to do better. */
  readonly samplingErrorUsd: number;
}

/**
 * Predicts the mean session cost of one random half from the other.
 *
 * @param totalUsd one per session, at least four
 */
export function predictOtherHalf(
  totalUsd: Float64Array,
  seed: number,
  replication: number,
): RandomHalf {
  const stream = createRandomStream(seed, replication, 'random halves', totalUsd.length);
  const { fit, test } = splitByChance(totalUsd.length, stream);
  const seen = Float64Array.from(fit, (session) => totalUsd[session]);
  const actual = meanOf(Float64Array.from(test, (session) => totalUsd[session]));
  const prediction = predictMean(seen, test.length);
  return {
    isCovered: holds(prediction, actual),
    errorUsd: Math.abs(prediction.costUsd - actual),
    samplingErrorUsd:
      meanAbsoluteNormal * deviationOf(totalUsd) * Math.sqrt(1 / fit.length + 1 / test.length),
  };
}

function repeatHalves(totalUsd: Float64Array, seed: number): TimeBacktest['randomHalves'] {
  let covered = 0;
  let errorUsd = 0;
  let samplingErrorUsd = 0;
  for (let split = 0; split < randomSplits; split++) {
    const half = predictOtherHalf(totalUsd, seed, split);
    if (half.isCovered) covered++;
    errorUsd += half.errorUsd;
    samplingErrorUsd += half.samplingErrorUsd;
  }
  return {
    splits: randomSplits,
    coverage80: covered / randomSplits,
    errorRatio: samplingErrorUsd > 0 ? errorUsd / samplingErrorUsd : 1,
  };
}

const copyInterval = (interval: Prediction['interval80']): [number, number] | null =>
  interval === null ? null : [interval[0], interval[1]];

const figureOf = (
  predictedUsd: number,
  interval80: Prediction['interval80'],
  actualUsd: number,
) => ({
  ...{ predictedUsd, actualUsd, interval80: copyInterval(interval80) },
  error: predictedUsd / actualUsd - 1,
});

/** Learns from the first 70 % of sessions by start and predicts mean and P95 of the rest. */
export function backtestTime(sessions: PredictableSessions, seed: number): Backtest['time'] {
  const have = sessions.sessionIds.length;
  if (have < minSessions) return { kind: 'too_little', have, need: minSessions, of: 'sessions' };
  const split = splitByTime(sessions, createRandomStream(seed, 0, 'time split', have));
  const { fit, test } = split;
  const seen = Float64Array.from(fit, (session) => sessions.totalUsd[session]);
  const later = Float64Array.from(test, (session) => sessions.totalUsd[session]);
  const mean = predictMean(seen, test.length);
  const meanCalls = fit.reduce((sum, one) => sum + callsOf(sessions, one), 0) / fit.length;
  const survivorsUsd = fitSurvivorBaseline(sessions, fit)(Math.round(meanCalls));
  const actualUsd = meanOf(later);
  const low = quantile(seen, 0.1);
  const high = quantile(seen, 0.9);
  const each: Prediction = { costUsd: quantile(seen, 0.5), interval80: [low, high] };
  const loss = later.reduce((sum, actual) => sum + meanPinballLoss(each, actual), 0);
  return {
    kind: 'measured',
    splitBy: split.splitBy,
    fitSessions: fit.length,
    testSessions: test.length,
    mean: figureOf(mean.costUsd, mean.interval80, actualUsd),
    p95: figureOf(quantile(seen, 0.95), null, quantile(later, 0.95)),
    survivorsError: survivorsUsd / actualUsd - 1,
    pinballLoss: loss / later.length / actualUsd,
    coverage80: later.filter((actual) => holds(each, actual)).length / later.length,
    randomHalves: repeatHalves(sessions.totalUsd, seed),
  };
}
