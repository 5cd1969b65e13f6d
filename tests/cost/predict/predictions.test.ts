import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitMeanBaseline, fitSurvivorBaseline } from '@/lib/cost/predict/baselines';
import { fitLength, predictByLength } from '@/lib/cost/predict/predict-by-length';
import { fitPlans, predictByPlan, readPlan } from '@/lib/cost/predict/predict-by-plan';
import { fitPrefix, predictFromPrefix, thirdOf } from '@/lib/cost/predict/predict-from-prefix';
import { predictMean } from '@/lib/cost/predict/prediction';
import { quantile } from '@/lib/stats/quantile';
import { createRandomStream } from '@/lib/stats/random-stream';
import { type MadeCall, makeSessions, powerSession, replaySession } from './made-sessions';

const indexes = (count: number) => Array.from({ length: count }, (_, i) => i);
const callCounts = indexes(24).map((i) => 4 + i);
const widthOf = (interval: readonly [number, number] | null) =>
  interval === null ? Number.NaN : interval[1] - interval[0];

describe('the mean of sessions to come', () => {
  test('lies around the mean seen by t times both sampling errors', () => {
    // s² = 1, n = 4, m = 4: t(0.9; 3) = 1.637744 times √(1/4 + 1/4).
    const { costUsd, interval80 } = predictMean([5 - Math.sqrt(1.5), 5, 5, 5 + Math.sqrt(1.5)], 4);
    expect(costUsd).toBeCloseTo(5, 12);
    expect(interval80?.[1]).toBeCloseTo(5 + 1.637744 * Math.sqrt(0.5), 5);
    expect(interval80?.[0]).toBeCloseTo(5 - 1.637744 * Math.sqrt(0.5), 5);
  });

  test('is known twice as well from four times the sessions', () => {
    const few = indexes(40).map((i) => i % 5);
    const many = indexes(160).map((i) => i % 5);
    const ratio =
      widthOf(predictMean(few, 40).interval80) / widthOf(predictMean(many, 160).interval80);
    expect(ratio).toBeGreaterThan(1.98);
    expect(ratio).toBeLessThan(2.08);
  });

  test('has no interval from one session, and no value from none', () => {
    expect(predictMean([3], 5)).toEqual({ costUsd: 3, interval80: null });
    expect(() => predictMean([], 5)).toThrow(RangeError);
  });
});

describe('totals made by the model itself', () => {
  const law = { exponent: 1.3, deviation: 0.25 } as const;

  /** Many times: sessions of a law are learnt from, and one longer than all of them is predicted. */
  const outcomes = indexes(400).map((replication) => {
    const stream = createRandomStream(11, replication, 'made', 0);
    const made = [...callCounts, 60].map((calls) => powerSession(calls, law, stream));
    const sessions = makeSessions(made);
    const fit = fitLength(sessions, indexes(callCounts.length));
    const { costUsd, interval80 } = predictByLength(fit, 60);
    const actual = sessions.totalUsd[callCounts.length];
    return {
      ratio: Math.log(costUsd / actual),
      isHeld: interval80 !== null && interval80[0] <= actual && actual <= interval80[1],
    };
  });

  test('are foretold without a lean, though twice as long as any that was seen', () => {
    const error = law.deviation / Math.sqrt(outcomes.length);
    const mean = outcomes.reduce((sum, { ratio }) => sum + ratio, 0) / outcomes.length;
    // Slopes are drawn towards 1 by what is believed of them, a little at this length.
    expect(Math.abs(mean)).toBeLessThan(4 * error + 0.03);
  });

  test('lie inside the 80 % interval four times out of five', () => {
    const held = outcomes.filter(({ isHeld }) => isHeld).length / outcomes.length;
    // Three standard errors of a share of 0.8 over 400.
    expect(Math.abs(held - 0.8)).toBeLessThan(0.06);
  });

  test('cost in step with their calls when one length alone was seen', () => {
    const sessions = makeSessions(indexes(6).map(() => replaySession(10, 1_000, 0)));
    const fit = fitLength(sessions, indexes(6));
    expect(predictByLength(fit, 30).costUsd).toBeCloseTo(30 * 1_000 * 3e-6, 9);
  });
});

describe('totals by plan', () => {
  const two = (cheap: number, dear: number): MadeCall[] => [
    ...indexes(cheap).map(() => ({ agentName: 'reader', promptTokens: 100, costUsd: 0.001 })),
    ...indexes(dear).map(() => ({ agentName: 'writer', promptTokens: 900, costUsd: 0.05 })),
  ];

  test('who calls how often decides, where the number of calls alone cannot', () => {
    const made = [two(8, 2), two(2, 8), two(5, 5), two(12, 3), two(4, 9), two(1, 19), two(19, 1)];
    const sessions = makeSessions(made);
    const fit = fitPlans(sessions, indexes(5), { knowsFirstPrompt: false, growth: 'power' });
    for (const session of [5, 6]) {
      const { costUsd } = predictByPlan(fit, readPlan(sessions, session));
      expect(costUsd / sessions.totalUsd[session]).toBeGreaterThan(0.9);
      expect(costUsd / sessions.totalUsd[session]).toBeLessThan(1.1);
    }
  });

  test('an agent that was never seen costs per call what sessions of that length do', () => {
    const made = [
      two(4, 4),
      two(6, 6),
      two(5, 5),
      [{ agentName: 'new', promptTokens: 1, costUsd: 1 }],
    ];
    const sessions = makeSessions(made);
    const fit = fitPlans(sessions, indexes(3), { knowsFirstPrompt: false, growth: 'power' });
    const { costUsd } = predictByPlan(fit, readPlan(sessions, 3));
    expect(costUsd).toBeCloseTo(predictByLength(fit.length, 1).costUsd, 12);
  });

  test('sessions that begin with a larger prompt are told apart once it is known', () => {
    const made = indexes(12).map((i) => replaySession(10, 1_000 * (1 + i), 0));
    const sessions = makeSessions(made);
    const errorWith = (knowsFirstPrompt: boolean) => {
      const fit = fitPlans(sessions, indexes(12), { knowsFirstPrompt, growth: 'power' });
      const { costUsd } = predictByPlan(fit, readPlan(sessions, 11));
      return Math.abs(costUsd / sessions.totalUsd[11] - 1);
    };
    expect(errorWith(true)).toBeLessThan(errorWith(false) / 3);
  });
});

describe('totals from a first third', () => {
  test('a session that grows evenly is continued on its own path, with nobody to learn from', () => {
    const shapes = fc.record({
      calls: fc.integer({ min: 9, max: 200 }),
      first: fc.integer({ min: 500, max: 50_000 }),
      step: fc.integer({ min: 0, max: 2_000 }),
    });
    fc.assert(
      fc.property(shapes, ({ calls, first, step }) => {
        const sessions = makeSessions([replaySession(calls, first, step)]);
        const seen = thirdOf(calls);
        const { costUsd, interval80 } = predictFromPrefix(fitPrefix(sessions, []), sessions, 0, {
          seen,
          calls,
        });
        expect(costUsd / sessions.totalUsd[0]).toBeCloseTo(1, 9);
        expect(interval80).toBeNull();
      }),
    );
  });

  test('what sessions like it did after their first third is learnt', () => {
    // After a third of its calls each costs five times as much: its own path cannot know.
    const late = (calls: number, level: number): MadeCall[] =>
      indexes(calls).map((k) => ({
        promptTokens: 1_000,
        costUsd: level * (k < thirdOf(calls) ? 1 : 5),
      }));
    const made = indexes(16).map((i) => late(9 + 3 * (i % 4), 0.01 * (1 + (i % 3))));
    const sessions = makeSessions(made);
    const fit = fitPrefix(sessions, indexes(15));
    const calls = made[15].length;
    const { costUsd } = predictFromPrefix(fit, sessions, 15, { seen: thirdOf(calls), calls });
    expect(costUsd / sessions.totalUsd[15]).toBeCloseTo(1, 2);
  });

  test('a session that was seen to its end costs what it cost', () => {
    const sessions = makeSessions([replaySession(7, 1_000, 100), replaySession(9, 900, 50)]);
    const fit = fitPrefix(sessions, [1]);
    const { costUsd, interval80 } = predictFromPrefix(fit, sessions, 0, { seen: 7, calls: 7 });
    expect(costUsd).toBeCloseTo(sessions.totalUsd[0], 12);
    expect(widthOf(interval80)).toBe(0);
  });
});

describe('baselines', () => {
  const costs = (...usd: number[]): MadeCall[] =>
    usd.map((costUsd) => ({ promptTokens: 10, costUsd }));
  const sessions = makeSessions([costs(1, 2), costs(3, 4, 5)]);

  test('mean × volume takes no notice of length', () => {
    const predict = fitMeanBaseline(sessions, [0, 1]);
    expect([predict(1), predict(50)]).toEqual([7.5, 7.5]);
  });

  test('surviving calls are averaged place by place, and the last goes on', () => {
    const predict = fitSurvivorBaseline(sessions, [0, 1]);
    // Means by place: (1 + 3) ÷ 2, (2 + 4) ÷ 2, and 5 of the one session that came so far.
    expect([1, 2, 3, 5].map(predict)).toEqual([2, 5, 10, 20]);
  });
});

describe('sessions that can be predicted from', () => {
  test('those with an unpriced call are left out and counted, and so are those that cost nothing', () => {
    const sessions = makeSessions([
      replaySession(3, 100, 10),
      [{ promptTokens: 100, costUsd: null }],
      [{ promptTokens: 100, costUsd: 0 }],
    ]);
    expect(sessions.sessionIds).toEqual(['session 0']);
    expect([sessions.unpricedSessions, sessions.emptySessions]).toEqual([1, 1]);
  });

  test('totals are those of their calls', () => {
    const sessions = makeSessions([replaySession(5, 100, 10), replaySession(2, 50, 0)]);
    expect(quantile(sessions.totalUsd, 1)).toBeCloseTo(600 * 3e-6, 15);
    expect(quantile(sessions.totalUsd, 0)).toBeCloseTo(100 * 3e-6, 15);
  });
});
