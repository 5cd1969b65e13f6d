import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { extendSessions } from '@/lib/cost/predict/extend-sessions';
import { tabulateLengthCosts } from '@/lib/cost/predict/length-costs';
import { drawSessionCosts } from '@/lib/cost/predict/session-draws';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import type { ReplaySet } from '@/lib/cost/replay/replay-set';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { kaplanMeier } from '@/lib/stats/survival';
import { pricedRow } from '../priced-row';
import { randomSessions } from '../replay/random-sessions';

const indexes = (count: number) => Array.from({ length: count }, (_, i) => i);
const setOf = (rows: readonly PricedCallRow[]): ReplaySet =>
  buildReplaySet(
    groupCalls(rows, new Set(rows.map((row) => row.sessionId)).size),
    standardPriceBook,
  );

/** Every call sends the whole history again, 500 tokens longer each time; output is part of that. */
const replayRows = (sessionId: string, calls: number, first = 10_000): PricedCallRow[] =>
  indexes(calls).map((k) => pricedRow({ sessionId, inputFresh: first + 500 * k, output: 200 }));

/** Dollars of such a session: opus at 5 in and 25 out per million. */
const replayUsd = (calls: number, first = 10_000) =>
  (5 * (calls * first + (500 * calls * (calls - 1)) / 2) + 25 * 200 * calls) / 1e6;

const isPricedThroughout = (set: ReplaySet) =>
  set.listCostPicoUsd.length > 0 && !set.listCostPicoUsd.some(Number.isNaN);
const promptOf = (set: ReplaySet, call: number) => set.newTokens[call] + set.resentTokens[call];

describe('sessions drawn at their own length', () => {
  test('each is an observed one at its list cost', () => {
    const lengths = [3, 5, 9];
    const set = setOf(lengths.flatMap((calls) => replayRows(`${calls}`, calls)));
    const draws = drawSessionCosts(set, { count: 200, lengthFactor: 1, seed: 1 });
    expect(new Set(draws.session).size).toBe(3);
    for (const [i, session] of draws.session.entries()) {
      expect(draws.costUsd[i]).toBeCloseTo(replayUsd(lengths[session]), 12);
      expect(draws.calls[i]).toBe(lengths[session]);
    }
    expect(draws.modelledCalls.some((calls) => calls > 0)).toBe(false);
  });

  test('a session with an unpriced call is never drawn, and counted', () => {
    const unpriced = pricedRow({ sessionId: 'x', model: 'no-such-model', inputFresh: 10 });
    const set = setOf([...replayRows('a', 4), unpriced]);
    const draws = drawSessionCosts(set, { count: 50, lengthFactor: 1, seed: 3 });
    expect(draws.sessionsLeftOut).toBe(1);
    expect(new Set(draws.session)).toEqual(new Set([0]));
    expect(() =>
      drawSessionCosts(setOf([unpriced]), { count: 1, lengthFactor: 1, seed: 1 }),
    ).toThrow(RangeError);
  });

  test('those that were still open last as Kaplan and Meier say', () => {
    const lengths = [2, 4, 4, 6, 8, 10, 12];
    const isOpen = [0, 1, 0, 0, 1, 0, 0];
    const set = setOf(lengths.flatMap((calls, i) => replayRows(`${i}`, calls)));
    const { calls } = drawSessionCosts(set, { count: 20_000, lengthFactor: 1, seed: 7, isOpen });
    const curve = kaplanMeier(
      lengths,
      isOpen.map((open) => 1 - open),
    );
    for (const { time, survival } of curve.steps) {
      const share = calls.filter((drawn) => drawn > time).length / calls.length;
      // Four standard errors of a share over 20,000.
      expect(Math.abs(share - survival)).toBeLessThan(0.015);
    }
  });
});

describe('sessions drawn longer', () => {
  test('full replay goes on as the square of its length, to the closed form', () => {
    const set = setOf([...replayRows('a', 6), ...replayRows('b', 9)]);
    const draws = drawSessionCosts(set, { count: 40, lengthFactor: 3, seed: 2 });
    for (const [i, session] of draws.session.entries()) {
      const calls = 3 * [6, 9][session];
      expect(draws.calls[i]).toBe(calls);
      expect(draws.modelledCalls[i]).toBe((calls * 2) / 3);
      expect(draws.costUsd[i]).toBeCloseTo(replayUsd(calls), 9);
    }
    const costs = tabulateLengthCosts(setOf(replayRows('a', 10)), { draws: 20, seed: 1 });
    expect(costs.find((cost) => cost.lengthFactor === 1)?.costFactor).toBe(1);
    const eight = costs.find((cost) => cost.lengthFactor === 8)?.costFactor ?? 0;
    expect(eight).toBeCloseTo(replayUsd(80) / replayUsd(10), 9);
  });

  test('history is cut back where it was: no prompt beyond the largest that was', () => {
    const prompts = [20, 60, 100, 140, 180, 40, 80, 120, 160, 60, 100];
    const set = setOf(
      prompts.map((thousands) => pricedRow({ inputFresh: thousands * 1_000, output: 10 })),
    );
    const extended = extendSessions(set, { count: 20, lengthFactor: 10, seed: 4 });
    const sent = indexes(extended.newTokens.length).map((call) => promptOf(extended, call));
    expect(Math.max(...sent)).toBeLessThanOrEqual(180_000);
    expect(extended.isContextReset.filter((reset) => reset === 1).length).toBeGreaterThan(40);
  });

  test('where it was never cut back, prompts stay inside the context window', () => {
    const set = setOf(replayRows('a', 10, 150_000));
    const extended = extendSessions(set, { count: 3, lengthFactor: 40, seed: 4 });
    const sent = indexes(extended.newTokens.length).map((call) => promptOf(extended, call));
    expect(Math.max(...sent)).toBe(200_000);
  });

  test('an agent that a session calls several times is called more often, not longer', () => {
    const worker = (threadId: string) =>
      indexes(3).map((k) =>
        pricedRow({
          sessionId: 'a',
          threadId,
          agentName: 'worker',
          inputFresh: 100 + k,
          output: 1,
        }),
      );
    const rows = [...replayRows('a', 4), ...worker('w1'), ...worker('w2')];
    const extended = extendSessions(setOf(rows), { count: 1, lengthFactor: 3, seed: 1 });
    const lengths = indexes(extended.isMainThread.length).map(
      (thread) => extended.firstCall[thread + 1] - extended.firstCall[thread],
    );
    expect(lengths).toEqual([12, 3, 3, 3, 3, 3, 3]);
  });

  test('a session of one call has nothing to go on with, and that is counted', () => {
    const set = setOf(replayRows('a', 1));
    const draws = drawSessionCosts(set, { count: 5, lengthFactor: 2, seed: 1 });
    expect(draws.drawsCutShort).toBe(5);
    expect(draws.calls[0]).toBe(1);
  });

  test('options outside their range are refused', () => {
    const set = setOf(replayRows('a', 2));
    for (const lengthFactor of [0, Number.NaN, 101]) {
      expect(() => drawSessionCosts(set, { count: 1, lengthFactor, seed: 1 })).toThrow(RangeError);
    }
    expect(() => drawSessionCosts(set, { count: 0, lengthFactor: 1, seed: 1 })).toThrow(RangeError);
    const isOpen: number[] = [];
    expect(() => drawSessionCosts(set, { count: 1, lengthFactor: 1, seed: 1, isOpen })).toThrow(
      RangeError,
    );
  });
});

describe('a set of drawn sessions', () => {
  const options = fc.record({
    count: fc.integer({ min: 1, max: 6 }),
    lengthFactor: fc.double({ min: 0.2, max: 4, noNaN: true }),
    seed: fc.nat(),
  });

  test('holds the calls whose cost is drawn, each prompt the sum of its parts in whole tokens', () => {
    fc.assert(
      fc.property(randomSessions, options, (drawn, how) => {
        const set = buildReplaySet(drawn, standardPriceBook);
        fc.pre(isPricedThroughout(set));
        const draws = drawSessionCosts(set, how);
        const extended = extendSessions(set, how);
        for (const draw of indexes(how.count)) {
          const first = extended.firstCall[extended.firstThread[draw]];
          const end = extended.firstCall[extended.firstThread[draw + 1]];
          const cost = extended.listCostPicoUsd.subarray(first, end).reduce((a, b) => a + b, 0);
          expect(cost / 1e12).toBeCloseTo(draws.costUsd[draw], 9);
          expect(end - first).toBe(draws.calls[draw]);
        }
        for (const call of extended.price.keys()) {
          const parts =
            extended.inputFresh[call] +
            extended.cacheRead[call] +
            extended.cacheWrite5m[call] +
            extended.cacheWrite1h[call] +
            extended.cacheWriteUnknownTtl[call];
          expect(parts).toBe(promptOf(extended, call));
          expect(Number.isInteger(extended.inputFresh[call])).toBe(true);
          expect(extended.inputFresh[call]).toBeGreaterThanOrEqual(0);
          expect(extended.resentTokens[call]).toBeLessThanOrEqual(parts);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('at their own length sessions are what they were, call for call', () => {
    const set = setOf([...replayRows('a', 3), ...replayRows('b', 5)]);
    const extended = extendSessions(set, { count: 8, lengthFactor: 1, seed: 9 });
    for (const [draw, name] of extended.sessionIds.entries()) {
      const from = set.firstCall[name.endsWith('a') ? 0 : 1];
      const first = extended.firstCall[draw];
      const calls = extended.firstCall[draw + 1] - first;
      expect(extended.listCostPicoUsd.slice(first, first + calls)).toEqual(
        set.listCostPicoUsd.slice(from, from + calls),
      );
    }
  });
});
