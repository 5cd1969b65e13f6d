import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import type { PolicyList } from '@/lib/cost/policies/policy';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { ReplayOutcome } from '@/lib/cost/replay/replay-outcome';
import { replayPolicies } from '@/lib/cost/replay/replay-policies';
import { summarizeReplay } from '@/lib/cost/replay/summarize-replay';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { randomPolicy } from '../policies/random-policies';
import { pricedRow } from '../priced-row';
import { randomSessions } from './random-sessions';

const drawn = { seed: 1, resamples: 400 };
const caching: PolicyList = [
  { kind: 'caching', mode: 'explicit_1h', minimumPrefixTokens: 0, blockTokens: 1 },
];

function summarize(rows: readonly PricedCallRow[], policies: PolicyList, options = drawn) {
  const sessions = new Set(rows.map((row) => row.sessionId)).size;
  const set = buildReplaySet(groupCalls(rows, sessions), standardPriceBook);
  return summarizeReplay(set, replayPolicies(set, policies, []), options);
}

/** Sessions of growing length with prompts that grow. */
const makeRows = (sessions: number, calls = (s: number) => 1 + (s % 7)) =>
  Array.from({ length: sessions }, (_, s) =>
    Array.from({ length: calls(s) }, (_, k) =>
      pricedRow({ sessionId: `s${s}`, inputFresh: 1_000 * (1 + k + (s % 5)), output: 50 }),
    ),
  ).flat();

describe('summarizeReplay', () => {
  test('for any sessions and policies the outcome is one of the contract, and its parts add up', () => {
    fc.assert(
      fc.property(
        randomSessions,
        fc.array(randomPolicy, { maxLength: 3 }),
        (sessions, policies) => {
          const set = buildReplaySet(sessions, standardPriceBook);
          const costs = replayPolicies(set, policies, []);
          const outcome = summarizeReplay(set, costs, { seed: 1, resamples: 0 });
          expect(ReplayOutcome.parse(outcome)).toEqual(outcome);
          const { costUsd, byBucket } = outcome;
          for (const side of ['today', 'changed'] as const) {
            const sum = byBucket.reduce((total, bucket) => total + bucket[`${side}Usd`], 0);
            expect(sum).toBeCloseTo(costUsd?.total[side] ?? 0, 9);
            const priced = costs.todayPicoUsd.filter((one) => !Number.isNaN(one)).length;
            if (costUsd !== null) expect(costUsd.mean[side] * priced).toBeCloseTo(sum, 9);
          }
        },
      ),
    );
  });

  test('no session and no price are no zero', () => {
    expect(summarize([], caching)).toMatchObject({ sessions: 0, costUsd: null, tokens: null });
    const unknown = summarize([pricedRow({ model: 'no-such-model', inputFresh: 10 })], caching);
    expect(unknown).toMatchObject({ costUsd: null, unpricedCalls: 1, curve: [] });
    expect(unknown.tokens?.mean.today).toBe(10);
  });

  test('below 20 sessions, or without resamples, no interval is given', () => {
    expect(summarize(makeRows(19), caching).costUsd?.mean.interval95).toBeNull();
    expect(summarize(makeRows(20), caching).costUsd?.mean.interval95).not.toBeNull();
    const moving = summarize(makeRows(20), caching, { seed: 1, resamples: 0 });
    expect(moving.costUsd?.p95.interval95).toBeNull();
    expect(moving.costUsd?.mean.difference).toBe(
      summarize(makeRows(20), caching).costUsd?.mean.difference,
    );
  });

  test('sides are paired: where every session changes by the same amount the interval has no width', () => {
    const rows = Array.from({ length: 40 }, (_, s) =>
      // Whatever a session costs, its second call reads 4,000 tokens instead of sending them.
      [
        pricedRow({ sessionId: `s${s}`, inputFresh: 4_000, output: 100 * s }),
        pricedRow({ sessionId: `s${s}`, inputFresh: 4_000 + 100 * s, output: 0 }),
      ],
    ).flat();
    const implicit: PolicyList = [
      { kind: 'caching', mode: 'implicit', minimumPrefixTokens: 0, blockTokens: 1 },
    ];
    const change = summarize(rows, implicit).costUsd?.mean;
    const saved = (4_000 * (5 - 0.5)) / 1e6;
    expect(change?.difference).toBeCloseTo(-saved, 12);
    expect(change?.interval95?.[0]).toBeCloseTo(-saved, 12);
    expect(change?.interval95?.[1]).toBeCloseTo(-saved, 12);
  });

  test('the interval of the mean holds the difference, and that of the total is as many times it', () => {
    const costUsd = summarize(makeRows(60), caching).costUsd;
    const [low, high] = costUsd?.mean.interval95 ?? [1, -1];
    expect(low).toBeLessThan(costUsd?.mean.difference ?? 0);
    expect(high).toBeGreaterThan(costUsd?.mean.difference ?? 0);
    expect(costUsd?.total.interval95?.[0]).toBeCloseTo(60 * low, 12);
    expect(costUsd?.total.interval95?.[1]).toBeCloseTo(60 * high, 12);
  });

  test('the curve is that of sessions which reach a call, by hand', () => {
    const rows = [
      pricedRow({ sessionId: 'a', inputFresh: 1_000 }),
      pricedRow({ sessionId: 'b', inputFresh: 3_000 }),
      pricedRow({ sessionId: 'b', inputFresh: 5_000 }),
      pricedRow({ sessionId: 'b', threadId: 'sub', inputFresh: 90_000 }),
    ];
    const { curve } = summarize(rows, [{ kind: 'response_cache', hitShare: 0 }]);
    expect(curve.map(({ call, sessions }) => [call, sessions])).toEqual([
      [1, 2],
      [2, 1],
    ]);
    expect(curve[0].todayUsd.p50).toBeCloseTo(2_000 * 5e-6, 12);
    expect(curve[1].changedUsd.p90).toBeCloseTo(8_000 * 5e-6, 12);
    expect(curve[0]).toMatchObject({
      todayPromptTokensMean: 2_000,
      changedPromptTokensMean: 2_000,
    });
  });

  test('a session of 5,000 calls is drawn in 200 points at most, the first and the last among them', () => {
    const { curve } = summarize(
      makeRows(1, () => 5_000),
      [],
    );
    const calls = curve.map(({ call }) => call);
    expect(calls.length).toBeLessThanOrEqual(200);
    expect(calls.slice(0, 40)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(calls.at(-1)).toBe(5_000);
    expect(calls).toEqual([...new Set(calls)].sort((a, b) => a - b));
  });
});
