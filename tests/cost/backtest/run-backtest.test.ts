import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Backtest } from '@/lib/cost/backtest/backtest';
import { meanPinballLoss, measureErrors, pinballLoss } from '@/lib/cost/backtest/measure-errors';
import { runBacktest } from '@/lib/cost/backtest/run-backtest';
import { splitByChance, splitByLength, splitByTime } from '@/lib/cost/backtest/split-sessions';
import { callsOf } from '@/lib/cost/predict/predictable-sessions';
import { groupCalls } from '@/lib/sessions/group-calls';
import { createRandomStream } from '@/lib/stats/random-stream';
import { type MadeCall, makeSessions, replaySession, rowsOf } from '../predict/made-sessions';

const indexes = (count: number) => Array.from({ length: count }, (_, i) => i);
const stream = (seed: number) => createRandomStream(seed, 0, 'test', 0);
const run = (made: readonly (readonly MadeCall[])[], seed = 1) =>
  runBacktest(groupCalls(rowsOf(made), made.length), { seed });

/** Sessions of 6 to 25 calls that send their whole history again. */
const replays = indexes(20).map((i) => replaySession(6 + i, 2_000, 400));

describe('errors', () => {
  test('the pinball loss is least, in the mean, at the quantile it asks for', () => {
    const values = indexes(100).map((i) => (i * 37) % 101);
    const lossAt = (forecast: number, probability: number) =>
      values.reduce((sum, value) => sum + pinballLoss(forecast, value, probability), 0);
    for (const probability of [0.1, 0.5, 0.9]) {
      const best = indexes(102).reduce((a, b) =>
        lossAt(a, probability) <= lossAt(b, probability) ? a : b,
      );
      const below = values.filter((value) => value <= best).length;
      expect(Math.abs(below - probability * 100)).toBeLessThanOrEqual(1);
    }
  });

  test('a point without an interval stands for all three quantiles', () => {
    // Half the distance at each of 0.1, 0.5 and 0.9, in the mean.
    expect(meanPinballLoss({ costUsd: 4, interval80: null }, 10)).toBeCloseTo(3, 12);
    expect(meanPinballLoss({ costUsd: 10, interval80: null }, 4)).toBeCloseTo(3, 12);
  });

  test('median, total and coverage are those of the sessions', () => {
    const outcome = (costUsd: number, actualUsd: number, interval80: [number, number] | null) => ({
      prediction: { costUsd, interval80 },
      actualUsd,
    });
    const errors = measureErrors('plan', [
      outcome(1, 2, [0, 3]),
      outcome(11, 10, [10.5, 12]),
      outcome(9, 9, [8, 9]),
    ]);
    expect(errors.medianError).toBeCloseTo(0.1, 12);
    expect(errors.totalError).toBe(0);
    expect(errors.coverage80).toBeCloseTo(2 / 3, 12);
    expect(measureErrors('survivors', [outcome(1, 2, null)]).coverage80).toBeNull();
  });
});

describe('splits', () => {
  const drawn = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 40 });

  test('every session is on one side, and no shorter one is foretold', () => {
    fc.assert(
      fc.property(drawn, fc.nat(), (lengths, seed) => {
        const sessions = makeSessions(lengths.map((calls) => replaySession(calls, 100, 10)));
        for (const split of [
          splitByChance(lengths.length, stream(seed)),
          splitByLength(sessions, stream(seed)),
          splitByTime(sessions, stream(seed)),
        ]) {
          expect([...split.fit, ...split.test].sort((a, b) => a - b)).toEqual(
            indexes(lengths.length),
          );
        }
        const { fit, test: longer } = splitByLength(sessions, stream(seed));
        const longest = Math.max(...fit.map((session) => callsOf(sessions, session)));
        for (const session of longer) {
          expect(callsOf(sessions, session)).toBeGreaterThanOrEqual(longest);
        }
      }),
    );
  });

  test('by time the first seven tenths come first, by chance where starts are missing', () => {
    const sessions = makeSessions(replays);
    const split = splitByTime(sessions, stream(1));
    expect(split.splitBy).toBe('time');
    expect(split.fit).toEqual(indexes(14));
    const undated = { ...sessions, startMs: sessions.startMs.map(() => Number.NaN) };
    expect(splitByTime(undated, stream(1)).splitBy).toBe('chance');
    const allAtOnce = { ...sessions, startMs: sessions.startMs.map(() => 0) };
    expect(splitByTime(allAtOnce, stream(1)).splitBy).toBe('chance');
  });
});

describe('a backtest', () => {
  test('learns the length of each agent from its own shorter sessions, not from those of another', () => {
    const of = (agentName: string, calls: number, first: number) =>
      replaySession(calls, first, first / 4).map((call) => ({ ...call, agentName }));
    const made = indexes(24).flatMap((i) => [
      of('brief', 3 + (i % 12), 200),
      of('long', 20 + i, 9_000),
    ]);
    const { length } = run(made);
    if (length.kind !== 'measured') throw new Error('Not measured.');
    expect(length.fitSessions).toBe(24);
    const [ours] = length.methods;
    expect(ours.medianError).toBeLessThan(0.1);
    expect(Math.abs(ours.totalError)).toBeLessThan(0.1);
  });

  test('of sessions that grow evenly: a first third tells the rest, and lengths come nearer than baselines', () => {
    const { length, prefix } = run(replays);
    if (length.kind !== 'measured' || prefix.kind !== 'measured') throw new Error('Not measured.');
    const errorOf = (part: typeof length, method: string) =>
      part.methods.find((one) => one.method === method)?.medianError ?? Number.NaN;
    // A power of length falls a little short of the square that these sessions grow with.
    expect(errorOf(length, 'plan')).toBeLessThan(0.07);
    expect(errorOf(length, 'plan')).toBeLessThan(errorOf(length, 'survivors'));
    expect(errorOf(length, 'mean_volume')).toBeGreaterThan(0.4);
    expect(errorOf(prefix, 'prefix')).toBeLessThan(1e-6);
    expect(length.points).toHaveLength(length.testSessions);
    expect(prefix.testSessions).toBe(20);
  });

  test('of sessions that grow dearer by the day: later ones cost more than was expected', () => {
    const { time } = run(indexes(20).map((i) => replaySession(5, 1_000 * (1 + i), 0)));
    if (time.kind !== 'measured') throw new Error('Not measured.');
    // Sessions 1 to 14 against 15 to 20: means of 7.5 and 17.5 in the same unit.
    expect(time.mean.error).toBeCloseTo(7.5 / 17.5 - 1, 9);
    expect([time.fitSessions, time.testSessions]).toEqual([14, 6]);
    expect(time.mean.interval80?.[1]).toBeLessThan(time.mean.actualUsd);
    expect(time.randomHalves.coverage80).toBeGreaterThan(0.7);
    expect(time.randomHalves.errorRatio).toBeLessThan(1.15);
  });

  test('too little data says which number there is and which is needed', () => {
    const few = run(replays.slice(0, 7));
    expect(few.time).toEqual({ kind: 'too_little', have: 7, need: 10, of: 'sessions' });
    expect(few.length).toEqual({ kind: 'too_little', have: 7, need: 8, of: 'sessions' });
    expect(few.prefix).toEqual({ kind: 'too_little', have: 7, need: 8, of: 'sessions' });
    const alike = run(indexes(12).map(() => replaySession(5, 1_000, 100)));
    expect(alike.length).toEqual({
      kind: 'too_little',
      have: 1,
      need: 2,
      of: 'session_lengths',
    });
    const ofAgents = run(
      indexes(12).map((i) =>
        replaySession(i % 2 === 0 ? 5 : 9, 1_000, 100).map((call) => ({
          ...call,
          agentName: i % 2 === 0 ? 'short' : 'long',
        })),
      ),
    );
    expect(ofAgents.length).toEqual(alike.length);
    const short = run(indexes(12).map((i) => replaySession(1 + (i % 2), 1_000, 100)));
    expect(short.prefix).toEqual({ kind: 'too_little', have: 0, need: 8, of: 'sessions' });
    expect(run([]).sessions).toBe(0);
  });

  test('is the same for the same seed, survives its schema, and counts what it leaves out', () => {
    const made = [...replays, [{ promptTokens: 5, costUsd: null }]];
    const model = run(made, 3);
    expect(run(made, 3)).toEqual(model);
    expect(Backtest.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
    expect([model.sessions, model.unpricedSessions]).toEqual([20, 1]);
  });

  test('whatever sessions cost, every error is a number', () => {
    const session = fc
      .tuple(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 100_000 }), fc.nat(5_000))
      .map(([calls, first, step]) => replaySession(calls, first, step));
    fc.assert(
      fc.property(fc.array(session, { minLength: 8, maxLength: 24 }), (made) => {
        expect(Backtest.safeParse(run(made)).error).toBeUndefined();
      }),
      { numRuns: 25 },
    );
  });
});
