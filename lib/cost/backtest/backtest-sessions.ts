import { createRandomStream } from '../../stats/random-stream';
import { fitMeanBaseline, fitSurvivorBaseline } from '../predict/baselines';
import { groupByAgent, type SessionSplit } from '../predict/cut-by-length';
import { fitLength, predictByLength } from '../predict/predict-by-length';
import { fitPrefix, predictFromPrefix, thirdOf } from '../predict/predict-from-prefix';
import { callsOf, type PredictableSessions } from '../predict/predictable-sessions';
import type { Prediction } from '../predict/prediction';
import { fitStackedPlans } from '../predict/stack-plans';
import type { Predictor } from '../predict/stack-predictors';
import type { Backtest, BacktestMethod, SessionBacktest } from './backtest';
import { measureErrors } from './measure-errors';
import { splitByChance, splitByLength } from './split-sessions';

/** Sessions below which neither half has enough to learn from or to be judged by. */
const minSessions = 8;
const maxPoints = 400;

/** The methods of a backtest, ours first, fitted to some sessions. */
export type Methods = readonly (readonly [BacktestMethod, Predictor])[];

const pointOnly = (costUsd: number): Prediction => ({ costUsd, interval80: null });

function fitBaselines(sessions: PredictableSessions, fit: readonly number[]): Methods {
  const mean = fitMeanBaseline(sessions, fit);
  const survivors = fitSurvivorBaseline(sessions, fit);
  return [
    ['mean_volume', (session) => pointOnly(mean(callsOf(sessions, session)))],
    ['survivors', (session) => pointOnly(survivors(callsOf(sessions, session)))],
  ];
}

/** Methods that know how long a session is, or who calls how often. */
export function fitLengthMethods(sessions: PredictableSessions, fit: readonly number[]): Methods {
  const byLength = fitLength(sessions, fit);
  return [
    ['plan', fitStackedPlans(sessions, fit, { knowsFirstPrompt: false })],
    ['length', (session) => predictByLength(byLength, callsOf(sessions, session))],
    ['first_prompt', fitStackedPlans(sessions, fit, { knowsFirstPrompt: true })],
    ...fitBaselines(sessions, fit),
  ];
}

/**
 * Methods that see the first third of a session's calls and know how many there are.
 *
 * @param fit may be none: a session is then continued on its own path, and there is no baseline
 */
export function fitPrefixMethods(sessions: PredictableSessions, fit: readonly number[]): Methods {
  const byPrefix = fitPrefix(sessions, fit);
  const predict: Predictor = (session) => {
    const calls = callsOf(sessions, session);
    return predictFromPrefix(byPrefix, sessions, session, { seen: thirdOf(calls), calls });
  };
  return [['prefix', predict], ...(fit.length === 0 ? [] : fitBaselines(sessions, fit))];
}

/** One session as every method predicted it. */
interface Predicted {
  readonly session: number;
  readonly predictions: ReadonlyMap<BacktestMethod, Prediction>;
}

function predictAll(methods: Methods, test: readonly number[]): Predicted[] {
  return test.map((session) => ({
    session,
    predictions: new Map(methods.map(([method, predict]) => [method, predict(session)])),
  }));
}

function summarize(
  sessions: PredictableSessions,
  predicted: readonly Predicted[],
  fitSessions: number,
): SessionBacktest {
  const names = [...(predicted[0]?.predictions.keys() ?? [])];
  const methods = names.map((method) =>
    measureErrors(
      method,
      predicted.flatMap(({ session, predictions }) => {
        const prediction = predictions.get(method);
        return prediction ? [{ prediction, actualUsd: sessions.totalUsd[session] }] : [];
      }),
    ),
  );
  const points = predicted.slice(0, maxPoints).flatMap(({ session, predictions }) => {
    const [prediction] = predictions.values();
    if (prediction === undefined) return [];
    const { costUsd, interval80 } = prediction;
    const interval: [number, number] | null = interval80 === null ? null : [...interval80];
    return [
      {
        sessionId: sessions.sessionIds[session],
        calls: callsOf(sessions, session),
        actualUsd: sessions.totalUsd[session],
        predictedUsd: costUsd,
        interval80: interval,
      },
    ];
  });
  return { kind: 'measured', fitSessions, testSessions: predicted.length, methods, points };
}

/** Learns from the shorter half of each agent's sessions and predicts each longer one at its length. */
export function backtestLength(sessions: PredictableSessions, seed: number): Backtest['length'] {
  const have = sessions.sessionIds.length;
  if (have < minSessions) return { kind: 'too_little', have, need: minSessions, of: 'sessions' };
  const agents = groupByAgent(sessions, [...sessions.sessionIds.keys()]);
  const lengthsOf = (of: readonly number[]) =>
    new Set(of.map((one) => callsOf(sessions, one))).size;
  const lengths = Math.max(...agents.map(lengthsOf));
  if (lengths < 2) return { kind: 'too_little', have: lengths, need: 2, of: 'session_lengths' };
  const stream = createRandomStream(seed, 0, 'length split', have);
  const { fit, test } = splitByLength(sessions, stream);
  return summarize(sessions, predictAll(fitLengthMethods(sessions, fit), test), fit.length);
}

/**
 * Sees the first third of a session's calls and predicts its total at its length: each half of the
 * sessions once by what was learnt from the other. Sessions under three calls have no such part.
 */
export function backtestPrefix(sessions: PredictableSessions, seed: number): Backtest['prefix'] {
  const long = sessions.sessionIds.flatMap((_, session) =>
    callsOf(sessions, session) >= 3 ? [session] : [],
  );
  const have = long.length;
  if (have < minSessions) return { kind: 'too_little', have, need: minSessions, of: 'sessions' };
  const half = splitByChance(have, createRandomStream(seed, 0, 'prefix split', have));
  const predictOther = ({ fit, test }: SessionSplit) =>
    predictAll(
      fitPrefixMethods(
        sessions,
        fit.map((i) => long[i]),
      ),
      test.map((i) => long[i]),
    );
  const both = [...predictOther(half), ...predictOther({ fit: half.test, test: half.fit })];
  return summarize(sessions, both, half.fit.length);
}
