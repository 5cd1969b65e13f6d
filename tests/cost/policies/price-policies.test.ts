import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import type { Policy } from '@/lib/cost/policies/policy';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { replayPolicies } from '@/lib/cost/replay/replay-policies';
import { groupCalls } from '@/lib/sessions/group-calls';
import { at, replay } from './by-hand';
import { flatPrices } from './flat-prices';

describe('caching', () => {
  const mode = (name: 'none' | 'implicit' | 'explicit_5m' | 'explicit_1h', blockTokens = 1) =>
    ({ kind: 'caching', mode: name, minimumPrefixTokens: 1_000, blockTokens }) as const;
  // 2,000 tokens, then 500 of output and 500 new ones, then 100 new ones after a pause.
  const rows = [at(0, 2_000, { output: 500 }), at(4, 3_000), at(10, 3_100)];

  test('none: everything is sent fresh, whatever was measured', () => {
    const cached = [at(0, 0, { cacheWrite5m: 2_000 }), at(4, 0, { cacheRead: 2_000 })];
    expect(replay(cached, mode('none')).picoUsd).toEqual([200_000, 200_000]);
  });

  test('five minutes: what the call before sent is read, its output and what is new is written', () => {
    expect(replay(rows, mode('explicit_5m')).picoUsd).toEqual([
      2_000 * 125 + 500 * 500,
      2_000 * 10 + 1_000 * 125,
      3_100 * 125, //  six minutes later nothing is left
    ]);
  });

  test('one hour: the pause is outlived, at the dearer price of writing', () => {
    expect(replay(rows, mode('explicit_1h')).picoUsd).toEqual([
      2_000 * 200 + 500 * 500,
      2_000 * 10 + 1_000 * 200,
      3_000 * 10 + 100 * 200,
    ]);
  });

  test('implicit: reads in whole blocks, and nothing is charged for writing', () => {
    expect(replay(rows, mode('implicit', 128)).picoUsd).toEqual([
      2_000 * 100 + 500 * 500,
      1_920 * 10 + 1_080 * 100,
      3_100 * 100,
    ]);
  });

  test('prefixes below the minimum are neither written nor read', () => {
    const short = [at(0, 900), at(1, 999), at(2, 1_000), at(3, 1_050)];
    expect(replay(short, mode('explicit_5m')).picoUsd).toEqual([
      90_000,
      99_900,
      125_000,
      1_000 * 10 + 50 * 125,
    ]);
  });

  test('an unknown time since the last use counts as within, and is said', () => {
    const undated = rows.map((row) => ({ ...row, startMs: null }));
    const { picoUsd, assumptions } = replay(undated, mode('explicit_5m'));
    expect(picoUsd[2]).toBe(3_000 * 10 + 100 * 125);
    expect(assumptions.join(' ')).toContain('For 2 calls it is not known how long ago');
  });

  test('a model without cache prices pays the fresh price for what it reads and writes', () => {
    const { picoUsd, assumptions } = replay(
      rows.map((row) => ({ ...row, model: 'bare' })),
      mode('explicit_5m'),
    );
    expect(picoUsd[1]).toBe(3_000 * 50);
    expect(assumptions.join(' ')).toContain('no price for cache reads and cache writes of bare');
  });

  test('the first call of a thread reads what it read when it was measured', () => {
    const { picoUsd } = replay([at(0, 500, { cacheRead: 1_500 })], mode('explicit_5m'));
    expect(picoUsd).toEqual([1_500 * 10 + 500 * 125]);
  });
});

describe('models and prices', () => {
  const cached = [
    at(0, 0, { cacheWrite5m: 2_000 }),
    at(1, 0, { cacheRead: 2_000, cacheWrite5m: 500 }),
    at(2, 0, { cacheRead: 2_500, cacheWrite5m: 500 }),
  ];
  const to = { model: 'small', providerName: null, tokenRatio: 1 };

  test('another model: the same tokens at its prices, or more of them by the ratio', () => {
    const one: Policy = { kind: 'other_model', fromModel: null, ...to };
    expect(replay(cached, one).picoUsd).toEqual([50_000, 4_000 + 12_500, 5_000 + 12_500]);
    const more = replay(cached, { ...one, tokenRatio: 1.5 });
    expect(more.picoUsd).toEqual([75_000, 24_750, 26_250]);
    expect([...more.changedTokens]).toEqual([1.5 * 7_500]);
  });

  test('a model that the book does not know moves nothing, and is said', () => {
    const unknown = replay(cached, { kind: 'other_model', fromModel: null, ...to, model: 'x' });
    expect(unknown.picoUsd).toEqual([...unknown.callTodayPicoUsd]);
    expect(unknown.assumptions).toContain(
      'The price book has no prices for x: no call was moved to it.',
    );
  });

  test('routing: the cache does not follow, in either direction', () => {
    const costs = [250_000, 82_500, 87_500];
    /** What the three calls cost when the first of them is routed; the session id decides which. */
    const routeOne = (sessionId: string) => {
      const rows = cached.map((row) => ({ ...row, sessionId }));
      for (let share = 0.05; share < 1; share += 0.05) {
        const { picoUsd } = replay(rows, { kind: 'routing', agentName: null, share, ...to });
        if (picoUsd.some((cost, k) => cost !== costs[k])) return picoUsd;
      }
      return costs;
    };
    const found = Array.from({ length: 40 }, (_, i) => routeOne(`session ${i}`).join());
    // The first alone: the old model saw nothing of it, and the second call writes all anew there.
    expect(found).toContain([50_000, 2_500 * 125, 87_500].join());
    // The second alone: written anew on the small model, and the third reads what the first left.
    expect(found).toContain([250_000, 2_500 * 25, 2_000 * 10 + 1_000 * 125].join());
    // The third alone: written anew.
    expect(found).toContain([250_000, 82_500, 3_000 * 25].join());
  });

  test('an agent that is not there has no calls to be routed', () => {
    const costs = replay(cached, { kind: 'routing', agentName: 'nobody', share: 1, ...to });
    expect(costs.picoUsd).toEqual([...costs.callTodayPicoUsd]);
  });

  test('batch prices where the book has them, and nowhere else', () => {
    const all: Policy = { kind: 'batch_discount', share: 1, agentName: null };
    expect(replay(cached, all).picoUsd).toEqual([120_000, 10_000 + 30_000, 12_500 + 30_000]);
    const without = replay([at(0, 1_000, { model: 'bare' })], all);
    expect(without.picoUsd).toEqual([50_000]);
    expect(without.assumptions.join(' ')).toContain('no batch prices for bare');
  });

  test('says where prices that calls are moved to are of another day, or without a regional surcharge', () => {
    const found = flatPrices('old', { input: 110, output: 550 });
    const set = buildReplaySet(groupCalls([at(0, 1_000)], 1), {
      ...standardPriceBook,
      findUnitPrices: () => ({
        ...found,
        skuPriceId: `${found.skuPriceId}+eu`,
        validFrom: '2024-01-01',
      }),
    });
    const offers = [
      flatPrices('small', { input: 20, output: 100 }),
      flatPrices('old', { input: 50, output: 250 }, 'batch'),
    ];
    const all: Policy = { kind: 'batch_discount', share: 1, agentName: null };
    const said = replayPolicies(set, [all], offers).assumptions.join(' ');
    expect(said).toContain('of another day');
    expect(said).toContain('without the surcharge for a region');
    const moved: Policy = { kind: 'other_model', fromModel: null, ...to };
    expect(replayPolicies(set, [moved], offers).assumptions.join(' ')).toContain(
      'as of its day, whenever calls were made, and without the surcharge for a region',
    );
    const plain = replay(cached, all).assumptions.join(' ');
    expect(plain).not.toContain('of another day');
    expect(plain).not.toContain('surcharge');
  });

  test('a response cache answers a share of calls for nothing', () => {
    const costs = replay(cached, { kind: 'response_cache', hitShare: 1 });
    expect(costs).toMatchObject({ callsRemoved: 3, picoUsd: [0, 0, 0] });
  });

  test('an answer that came out of a response cache already costs nothing under any model', () => {
    const rows = [at(0, 1_000), at(1, 1_200, { isResponseCacheHit: true })];
    const costs = replay(rows, { kind: 'other_model', fromModel: null, ...to });
    expect(costs.picoUsd).toEqual([20_000, 0]);
  });

  test('calls without a price are left out on both sides, whatever model they would go to', () => {
    const rows = [at(0, 1_000), at(1, 2_000, { model: 'unknown' })];
    const costs = replay(rows, { kind: 'other_model', fromModel: null, ...to });
    expect(costs.unpricedCalls).toBe(1);
    expect(costs.picoUsd[1]).toBeNaN();
    expect([...costs.todayPicoUsd]).toEqual([100_000]);
    expect([...costs.changedPicoUsd]).toEqual([20_000]);
  });

  test('a cost that the book does not explain is kept as it is stored, and said', () => {
    const rows = [at(0, 2_000, { model: 'unknown', listCostPicoUsd: 777 })];
    const costs = replay(rows, {
      kind: 'caching',
      mode: 'none',
      minimumPrefixTokens: 0,
      blockTokens: 1,
    });
    expect(costs.picoUsd).toEqual([777]);
    expect(costs.byBucket).toEqual([
      { name: 'notParted', todayPicoUsd: 777n, changedPicoUsd: 777n },
    ]);
    expect(costs.assumptions.join(' ')).toContain('1 calls keep the cost');
  });
});
