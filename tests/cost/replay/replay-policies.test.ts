import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { priceSessions } from '@/lib/cost/price-session';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import type { ReplayCosts } from '@/lib/cost/replay/replay-costs';
import { replayPolicies } from '@/lib/cost/replay/replay-policies';
import { randomSessions } from './random-sessions';

const sum = (values: Iterable<bigint>) => [...values].reduce((total, one) => total + one, 0n);
const sumOfCalls = (picoUsd: Float64Array) =>
  sum([...picoUsd].filter((one) => !Number.isNaN(one)).map(BigInt));

/** Both sides of a replay, of which no policy may change one. */
function expectNoChange(costs: ReplayCosts) {
  expect(costs.changedPicoUsd).toEqual(costs.todayPicoUsd);
  expect(costs.changedTokens).toEqual(costs.todayTokens);
  expect(costs.callChangedPicoUsd).toEqual(costs.callTodayPicoUsd);
  expect(costs.callChangedPromptTokens).toEqual(costs.callTodayPromptTokens);
  for (const bucket of costs.byBucket) expect(bucket.changedPicoUsd).toBe(bucket.todayPicoUsd);
}

describe('replayPolicies', () => {
  test('no policy is the identity to the last bit, and today is what is stored', () => {
    fc.assert(
      fc.property(randomSessions, (sessions) => {
        const set = buildReplaySet(sessions, standardPriceBook);
        const costs = replayPolicies(set, [], []);
        expectNoChange(costs);
        expect(costs.callTodayPicoUsd).toEqual(set.listCostPicoUsd);
        const totals = priceSessions(sessions);
        expect(costs.todayPicoUsd.map((one) => one / 1e12)).toEqual(totals.listCostUsd);
        expect(costs.todayTokens).toEqual(totals.tokens);
        expect(costs.assumptions).toEqual([]);
      }),
    );
  });

  test('calls, sessions and buckets add up to the same pico-dollars on both sides', () => {
    fc.assert(
      fc.property(randomSessions, (sessions) => {
        const set = buildReplaySet(sessions, standardPriceBook);
        const costs = replayPolicies(
          set,
          [{ kind: 'caching', mode: 'explicit_1h', minimumPrefixTokens: 1_024, blockTokens: 1 }],
          [],
        );
        for (const side of ['today', 'changed'] as const) {
          const total = sum(costs.byBucket.map((bucket) => bucket[`${side}PicoUsd`]));
          expect(sumOfCalls(costs[`${side}PicoUsd`])).toBe(total);
          expect(
            sumOfCalls(side === 'today' ? costs.callTodayPicoUsd : costs.callChangedPicoUsd),
          ).toBe(total);
        }
      }),
    );
  });
});
