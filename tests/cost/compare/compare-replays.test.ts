import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareReplays } from '@/lib/cost/compare/compare-replays';
import { compareGroups } from '@/lib/cost/compare/two-sample-change';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import type { PolicyList } from '@/lib/cost/policies/policy';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { replayPolicies } from '@/lib/cost/replay/replay-policies';
import { summarizeReplay } from '@/lib/cost/replay/summarize-replay';
import { quantile } from '@/lib/stats/quantile';
import { createRandomStream } from '@/lib/stats/random-stream';
import { randomSessions } from '../replay/random-sessions';

const policies: PolicyList = [{ kind: 'output_cap', tokens: 100 }];
const quick = { seed: 1, resamples: 0 };

describe('two lists of policies on the same sessions', () => {
  test('compare as one list does with today, whichever comes first', () => {
    fc.assert(
      fc.property(randomSessions, (sessions) => {
        const set = buildReplaySet(sessions, standardPriceBook);
        const today = { set, costs: replayPolicies(set, [], []) };
        const capped = { set, costs: replayPolicies(set, policies, []) };
        const expected = summarizeReplay(set, capped.costs, quick);
        const there = compareReplays(today, capped, quick);
        expect(there.costUsd).toEqual(expected.costUsd);
        expect(there.tokens).toEqual(expected.tokens);
        expect(there.curve).toEqual(expected.curve);
        expect(there.byBucket).toEqual(expect.arrayContaining(expected.byBucket));

        const back = compareReplays(capped, today, quick);
        expect(back.costUsd?.mean.today).toEqual(expected.costUsd?.mean.changed);
        expect(back.costUsd?.mean.changed).toEqual(expected.costUsd?.mean.today);
      }),
      { numRuns: 40 },
    );
  });

  test('give no difference where both are the same', () => {
    fc.assert(
      fc.property(randomSessions, (sessions) => {
        const set = buildReplaySet(sessions, standardPriceBook);
        const side = { set, costs: replayPolicies(set, policies, []) };
        const { costUsd, tokens } = compareReplays(side, side, quick);
        expect(costUsd?.mean.difference ?? 0).toBe(0);
        expect(costUsd?.total.difference ?? 0).toBe(0);
        expect(tokens?.p95.difference ?? 0).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});

describe('two groups of sessions', () => {
  test('keep what only one of them has, and know nothing of the other there', () => {
    fc.assert(
      fc.property(randomSessions, randomSessions, (first, second) => {
        const sides = [first, second].map((sessions) => {
          const set = buildReplaySet(sessions, standardPriceBook);
          return { set, costs: replayPolicies(set, [], []) };
        });
        const [a, b] = sides;
        if (a === undefined || b === undefined) return;
        const outcome = compareReplays(a, b, quick);
        const alone = sides.map(({ set, costs }) => summarizeReplay(set, costs, quick));
        expect(outcome.calls).toBe(a.set.price.length + b.set.price.length);
        const calls = new Set(alone.flatMap(({ curve }) => curve.map(({ call }) => call)));
        expect(outcome.curve.map(({ call }) => call)).toEqual([...calls].sort((x, y) => x - y));
        for (const point of outcome.curve) {
          const there = alone[0]?.curve.find(({ call }) => call === point.call);
          expect(point.todayUsd.p50).toBe(there?.todayUsd.p50 ?? Number.NaN);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('have the statistics of each group, and their difference', () => {
    const a = Float64Array.from([1, 2, 3, Number.NaN, 10]);
    const b = Float64Array.from([4, 4, 8]);
    const change = compareGroups(a, b, { ...quick, unit: 2 });
    expect(change?.mean).toMatchObject({ today: 2, changed: 8 / 3, interval95: null });
    expect(change?.p50.difference).toBeCloseTo(quantile(b, 0.5) / 2 - 2.5 / 2, 12);
    expect(compareGroups(a, new Float64Array(0), { ...quick, unit: 1 })).toBeNull();
  });

  test('have an interval that is that of two independent means', () => {
    const stream = createRandomStream(3, 0, 'two-sample test', 0);
    const draw = (n: number, shift: number) =>
      Float64Array.from({ length: n }, () => shift + stream.nextUint32() / 2 ** 32);
    const [a, b] = [draw(400, 0), draw(600, 0.2)];
    const mean = compareGroups(a, b, { seed: 1, resamples: 2_000, unit: 1 })?.mean;
    const variance = (values: Float64Array) => {
      const m = values.reduce((sum, one) => sum + one, 0) / values.length;
      return values.reduce((sum, one) => sum + (one - m) ** 2, 0) / values.length;
    };
    // The standard error of a difference of independent means (Welch).
    const reach = 1.96 * Math.sqrt(variance(a) / a.length + variance(b) / b.length);
    const [low, high] = mean?.interval95 ?? [0, 0];
    expect((high - low) / 2).toBeGreaterThan(0.93 * reach);
    expect((high - low) / 2).toBeLessThan(1.07 * reach);
    expect((high + low) / 2).toBeCloseTo(mean?.difference ?? 0, 2);
  });

  test('of one size do not draw the same places, which would hide their spread', () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => i);
    const interval = compareGroups(values, values.slice(), {
      seed: 1,
      resamples: 500,
      unit: 1,
    })?.mean.interval95;
    expect(interval?.[0]).toBeLessThan(-2);
    expect(interval?.[1]).toBeGreaterThan(2);
  });

  test('have no interval below twenty sessions on either side', () => {
    const many = Float64Array.from({ length: 50 }, (_, i) => i);
    const options = { seed: 1, resamples: 100, unit: 1 };
    expect(compareGroups(many, many.slice(0, 19), options)?.mean.interval95).toBeNull();
    expect(compareGroups(many.slice(0, 20), many, options)?.mean.interval95).not.toBeNull();
  });
});
