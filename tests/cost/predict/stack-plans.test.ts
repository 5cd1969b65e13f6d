import { describe, expect, test } from 'vitest';
import { cutByLength } from '@/lib/cost/predict/cut-by-length';
import { fitReplayCurves } from '@/lib/cost/predict/length-curves';
import { fitPlans, predictByPlan, readPlan } from '@/lib/cost/predict/predict-by-plan';
import { callsOf, type PredictableSessions } from '@/lib/cost/predict/predictable-sessions';
import type { Prediction } from '@/lib/cost/predict/prediction';
import { fitStackedPlans } from '@/lib/cost/predict/stack-plans';
import { type Candidate, stackPredictors } from '@/lib/cost/predict/stack-predictors';
import { quantile } from '@/lib/stats/quantile';
import { createRandomStream } from '@/lib/stats/random-stream';
import { type MadeCall, makeSessions, powerSession, replaySession } from './made-sessions';

const indexes = (count: number) => Array.from({ length: count }, (_, i) => i);
const knowsFirstPrompt = false;

/** Sessions to learn from, and one three times as long as the longest of them. */
const lengths = [...indexes(120).map((i) => 6 + (i % 20)), 75];
const longest = lengths.length - 1;

function ratiosOf(sessions: PredictableSessions) {
  const fit = indexes(longest);
  const power = fitPlans(sessions, fit, { knowsFirstPrompt, growth: 'power' });
  const actual = sessions.totalUsd[longest];
  const stacked = fitStackedPlans(sessions, fit, { knowsFirstPrompt })(longest);
  return {
    power: predictByPlan(power, readPlan(sessions, longest)).costUsd / actual,
    stacked: stacked.costUsd / actual,
    interval80: stacked.interval80,
  };
}

/** History grows by 400 tokens a call, and is cut back to 2,000 whenever it has reached 6,000. */
const cutBackSession = (calls: number): MadeCall[] =>
  indexes(calls).map((k) => {
    const promptTokens = 2_000 + 400 * (k % 11);
    return { promptTokens, costUsd: promptTokens * 3e-6 };
  });

describe('what the calls of an agent add up to', () => {
  test('full replay follows its square to the closed form', () => {
    const sessions = makeSessions(lengths.map((calls) => replaySession(calls, 1_000, 250)));
    const curve = fitReplayCurves(sessions, indexes(longest)).get(0);
    for (const calls of [1, 7, 300]) {
      const tokens = 1_000 * calls + (250 * calls * (calls - 1)) / 2;
      expect((curve?.(calls) ?? 0) / (tokens * 3e-6)).toBeCloseTo(1, 9);
    }
  });

  test('a slope no larger than its own error is halved', () => {
    // One session of calls 1 to 3 after the first: slope 1, explained 2, rest 2 over 1: half is left.
    const costs = [2, 4, 7, 6];
    const sessions = makeSessions([costs.map((costUsd) => ({ promptTokens: 10, costUsd }))]);
    const squares = 2 * 1 ** 2;
    const rest = (4 - 17 / 3) ** 2 + (7 - 17 / 3) ** 2 + (6 - 17 / 3) ** 2 - squares;
    const slope = squares / (squares + rest);
    const level = 17 / 3 - 2 * slope;
    const curve = fitReplayCurves(sessions, [0]).get(0);
    expect(curve?.(4)).toBeCloseTo(2 + 3 * level + 6 * slope, 9);
  });

  test('beyond the longest session seen nothing grows where history was ever cut back', () => {
    const sessions = makeSessions([24, 30].map(cutBackSession));
    const curve = fitReplayCurves(sessions, [0, 1]).get(0);
    const callUsd = (calls: number) => (curve?.(calls) ?? 0) - (curve?.(calls - 1) ?? 0);
    expect(callUsd(500)).toBeCloseTo(callUsd(40), 12);
    expect(callUsd(500)).toBeLessThan(6_000 * 3e-6);
  });
});

describe('totals of sessions three times as long as any that was seen', () => {
  test('are those of full replay where every session replays, and a power falls short', () => {
    const made = makeSessions(lengths.map((calls) => replaySession(calls, 1_000, 250)));
    const { power, stacked, interval80 } = ratiosOf(made);
    expect(power).toBeLessThan(0.9);
    expect(Math.abs(stacked - 1)).toBeLessThan(0.02);
    expect(interval80?.[0]).toBeLessThan(made.totalUsd[longest]);
    expect(interval80?.[1]).toBeGreaterThan(made.totalUsd[longest]);
  });

  test('are in step with their calls where no call is dearer than another', () => {
    const made = lengths.map((calls) => replaySession(calls, 1_000, 0));
    expect(ratiosOf(makeSessions(made)).stacked).toBeCloseTo(1, 6);
  });

  test('level off where history is cut back in sessions that were seen', () => {
    const made = [...indexes(60).map((i) => 12 + i), 213].map(cutBackSession);
    const sessions = makeSessions(made);
    const predict = fitStackedPlans(sessions, indexes(60), { knowsFirstPrompt });
    expect(Math.abs(predict(60).costUsd / sessions.totalUsd[60] - 1)).toBeLessThan(0.05);
  });

  test('stay a power of calls where long sessions grow more slowly than short ones', () => {
    // Each session is full replay, and yet their totals are in step with their calls.
    const made = lengths.map((calls) => replaySession(calls, 4_000 - 30 * calls, 60));
    const { power, stacked } = ratiosOf(makeSessions(made));
    expect(stacked / power).toBeCloseTo(1, 1);
  });

  test('stay a power of calls where too few sessions could tell', () => {
    const four = [4, 6, 8, 10, 30];
    const sessions = makeSessions(four.map((calls) => replaySession(calls, 1_000, 250)));
    const fit = indexes(4);
    const plans = fitPlans(sessions, fit, { knowsFirstPrompt, growth: 'power' });
    const power = predictByPlan(plans, readPlan(sessions, 4)).costUsd;
    const stacked = fitStackedPlans(sessions, fit, { knowsFirstPrompt })(4).costUsd;
    expect(stacked / power).toBeGreaterThan(1);
    expect(stacked / power).toBeLessThan(1.02);
  });

  test('lie inside their intervals about as often as these say', () => {
    const law = { exponent: 1.2, deviation: 0.2 } as const;
    const held = indexes(400).filter((replication) => {
      const stream = createRandomStream(5, replication, 'made', 0);
      const sessions = makeSessions(
        lengths.slice(80).map((calls) => powerSession(calls, law, stream)),
      );
      const predict = fitStackedPlans(sessions, indexes(40), { knowsFirstPrompt });
      const [low, high] = predict(40).interval80 ?? [0, 0];
      return low <= sessions.totalUsd[40] && sessions.totalUsd[40] <= high;
    });
    // Three standard errors of a share of 0.8 over 400.
    expect(held.length / 400).toBeGreaterThan(0.74);
    expect(held.length / 400).toBeLessThan(0.86);
  });
});

describe('a stack of ways to predict', () => {
  const actual = indexes(60).map((i) => 1 + (i % 7));
  const inner = { fit: indexes(20), test: indexes(40).slice(20) };
  const candidateOf = (factor: number, priorWeight: number, reach = 1.1): Candidate => ({
    priorWeight,
    fit:
      () =>
      (session): Prediction => {
        const costUsd = factor * actual[session];
        return { costUsd, interval80: [costUsd / reach, costUsd * reach] };
      },
  });
  const ratio = (candidates: readonly Candidate[], split = inner) =>
    stackPredictors(candidates, indexes(40), split, actual)(50).costUsd / actual[50];

  test('leans to the one that was right on the inner sessions, whatever was believed', () => {
    expect(ratio([candidateOf(2, 0.98), candidateOf(1, 0.02)])).toBeCloseTo(1, 6);
    expect(ratio([candidateOf(1, 0.02), candidateOf(2, 0.98)])).toBeCloseTo(1, 6);
  });

  test('averages logarithms by what was believed where no session tells', () => {
    const none = { fit: [], test: [] };
    expect(ratio([candidateOf(4, 0.75), candidateOf(1, 0.25)], none)).toBeCloseTo(4 ** 0.75, 9);
  });

  test('widens its interval as far as inner errors ask, drawn towards the candidate own', () => {
    // Every error is twice the reach: 2 to the power of 20 sessions over 20 and 20 more.
    const predict = stackPredictors([candidateOf(1.21, 1)], indexes(40), inner, actual);
    const { costUsd, interval80 } = predict(50);
    expect((interval80?.[1] ?? 0) / costUsd).toBeCloseTo(1.1 ** Math.SQRT2, 9);
  });
});

describe('a cut by length', () => {
  test('halves the sessions of each agent, and those alone of theirs together', () => {
    const of = (agentName: string, calls: number): MadeCall[] =>
      indexes(calls).map(() => ({ agentName, promptTokens: 10, costUsd: 1 }));
    const made = [of('a', 9), of('a', 2), of('b', 30), of('b', 20), of('c', 5), of('d', 4)];
    const sessions = makeSessions(made);
    const { fit, test: longer } = cutByLength(sessions, indexes(6));
    expect([...fit].sort()).toEqual([1, 3, 5]);
    expect([...longer].sort()).toEqual([0, 2, 4]);
    const median = quantile(
      fit.map((session) => callsOf(sessions, session)),
      0.5,
    );
    expect(median).toBe(4);
  });
});
