import { describe, expect, test } from 'vitest';
import type { Policy } from '@/lib/cost/policies/policy';
import type { PriceBook } from '@/lib/cost/price-book';
import { buildReplaySet } from '@/lib/cost/replay/build-replay-set';
import { replayPolicies } from '@/lib/cost/replay/replay-policies';
import { groupCalls, type PricedCallRow } from '@/lib/sessions/group-calls';
import { callRow } from '../../sessions/rows';
import { flatPrices } from './flat-prices';

const old = flatPrices('old', { input: 100, read: 10, write5m: 125, write1h: 200, output: 500 });
const small = flatPrices('small', { input: 20, read: 2, write5m: 25, write1h: 40, output: 100 });
const bare = flatPrices('bare', { input: 50, output: 300 });
const batch = flatPrices('old', { input: 50, read: 5, write5m: 60, output: 250 }, 'batch');
const catalogue = [small, bare, batch];

const book: PriceBook = {
  identity: { name: 'by hand', version: '1', date: '2026-11-21' },
  findUnitPrices: ({ model }) => [old, small, bare].find((one) => one.modelId === model) ?? null,
  contextWindowTokens: () => null,
  listUnitPrices: () => [old, small, bare],
};

/** A call of a session on `old`, some minutes after its beginning; all input fresh unless told. */
const at = (minutes: number, inputFresh: number, part: Partial<PricedCallRow> = {}) =>
  callRow({ model: 'old', startMs: minutes * 60_000, inputFresh, ...part });
const toolCall = (minutes: number) =>
  callRow({ kind: 'tool', toolName: 'search', startMs: minutes * 60_000 });

function replay(rows: readonly PricedCallRow[], ...policies: Policy[]) {
  const set = buildReplaySet(groupCalls(rows, 1), book);
  const costs = replayPolicies(set, policies, catalogue);
  return {
    ...costs,
    prompts: [...costs.callChangedPromptTokens],
    picoUsd: [...costs.callChangedPicoUsd],
  };
}

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

describe('compaction', () => {
  // Grows by 1,000 a call: 2,000, 3,000, 4,000, 5,000.
  const rows = [0, 1, 2, 3].map((k) => at(k, 2_000 + 900 * k + 100 * k, { output: 100 }));
  const compact: Policy = { kind: 'compaction', thresholdTokens: 4_000, summaryTokens: 300 };

  test('at the threshold a summary is charged, and the context restarts with it', () => {
    const { prompts, picoUsd, callsAdded, byBucket } = replay(rows, compact);
    // The third call would send 4,000: instead 3,100 are summarised, and 2,000 + 300 + 900 sent.
    expect(prompts.slice(0, 3)).toEqual([2_000, 3_000, 3_200]);
    expect(callsAdded).toBe(2);
    const summary = 3_100 * 100 + 300 * 500;
    expect(picoUsd[2]).toBe(summary + 3_200 * 100 + 100 * 500);
    // The fourth would send 3,200 + 100 + 900 = 4,200: it is summarised again.
    expect(prompts[3]).toBe(2_000 + 300 + 900);
    const second = 3_300 * 100 + 300 * 500;
    expect(byBucket.find(({ name }) => name === 'summaries')?.changedPicoUsd).toBe(
      BigInt(summary + second),
    );
  });

  test('a summary that would not shrink the context is not made', () => {
    const large: Policy = { kind: 'compaction', thresholdTokens: 2_500, summaryTokens: 9_000 };
    const { callsAdded, prompts } = replay(rows, large);
    expect(callsAdded).toBe(0);
    expect(prompts).toEqual([2_000, 3_000, 4_000, 5_000]);
  });

  test('a reset in the trace stands until the policy has acted, then the smaller context goes on', () => {
    const reset = [...rows, at(4, 2_500, { output: 0 }), at(5, 3_500)];
    const high: Policy = { kind: 'compaction', thresholdTokens: 9_000, summaryTokens: 300 };
    expect(replay(reset, high).prompts).toEqual([2_000, 3_000, 4_000, 5_000, 2_500, 3_500]);
    // Compacted at the fourth call to 3,200: the reset that followed finds 3,300, and is none.
    const low: Policy = { kind: 'compaction', thresholdTokens: 5_000, summaryTokens: 300 };
    expect(replay(reset, low).prompts).toEqual([2_000, 3_000, 4_000, 3_200, 3_300, 4_300]);
  });
});

describe('sliding window', () => {
  const rows = [0, 1, 2, 3].map((k) => at(k, 2_000 + 1_000 * k, { output: 100, turnIndex: k }));

  test('older turns are dropped and the standing prefix stays', () => {
    const { prompts } = replay(rows, { kind: 'sliding_window', turns: 2 });
    // The first turn holds no more than the prefix and its output of 100; each later one 900 + 100.
    expect(prompts).toEqual([2_000, 3_000, 3_900, 3_900]);
  });

  test('the cache breaks at the cut: only the standing prefix is read', () => {
    const cached = [
      at(0, 0, { cacheWrite5m: 2_000, turnIndex: 0, output: 100 }),
      at(1, 0, { cacheRead: 2_000, cacheWrite5m: 1_000, turnIndex: 1, output: 100 }),
      at(2, 0, { cacheRead: 3_000, cacheWrite5m: 1_000, turnIndex: 2, output: 100 }),
    ];
    const modelled: Policy = {
      kind: 'caching',
      mode: 'explicit_5m',
      minimumPrefixTokens: 0,
      blockTokens: 1,
    };
    const { picoUsd, prompts } = replay(cached, { kind: 'sliding_window', turns: 1 }, modelled);
    expect(prompts).toEqual([2_000, 2_900, 2_900]);
    expect(picoUsd[2]).toBe(2_000 * 10 + 900 * 125 + 100 * 500);
  });

  test('without turns each call is one', () => {
    const undated = rows.map((row) => ({ ...row, turnIndex: null }));
    const { prompts, assumptions } = replay(undated, { kind: 'sliding_window', turns: 2 });
    expect(prompts).toEqual([2_000, 3_000, 3_900, 3_900]);
    expect(assumptions.join(' ')).toContain('each call counts as one');
  });
});

describe('retrieval memory', () => {
  const rows = [0, 1, 2, 3].map((k) => at(k, 2_000 + 1_000 * k, { output: 100, turnIndex: k }));
  const memory: Policy = {
    kind: 'retrieval_memory',
    retrievedTokens: 400,
    keptTurns: 0,
    skippedShare: 0,
  };

  test('retrieved tokens stand in for older turns, and never for more than they held', () => {
    // Dropped are 100, 1,100 and 2,100 tokens; sent are the prefix, what is retrieved, and 900.
    expect(replay(rows, memory).prompts).toEqual([2_000, 3_000, 3_300, 3_300]);
  });

  test('calls whose work is found are not made', () => {
    const { callsRemoved, picoUsd, changedTokens } = replay(rows, { ...memory, skippedShare: 1 });
    expect(callsRemoved).toBe(4);
    expect(picoUsd).toEqual([0, 0, 0, 0]);
    expect([...changedTokens]).toEqual([0]);
  });
});

describe('caps', () => {
  test('a tool result is cut at its source, and every later prompt is shorter', () => {
    const rows = [at(0, 2_000), toolCall(1), at(2, 5_000), at(3, 5_600)];
    const { prompts } = replay(rows, { kind: 'tool_result_cap', tokens: 1_000 });
    expect(prompts).toEqual([2_000, 3_000, 3_600]);
  });

  test('two results have the cap to themselves each, and a message of a user has none', () => {
    const rows = [at(0, 2_000), toolCall(1), toolCall(1), at(2, 5_000), at(3, 9_000)];
    const { prompts } = replay(rows, { kind: 'tool_result_cap', tokens: 1_000 });
    expect(prompts).toEqual([2_000, 4_000, 8_000]);
  });

  test('output is cut, and not sent again; reasoning is left', () => {
    const rows = [at(0, 2_000, { output: 700, reasoning: 300 }), at(1, 3_000, { output: 50 })];
    const { prompts, picoUsd } = replay(rows, { kind: 'output_cap', tokens: 100 });
    expect(prompts).toEqual([2_000, 2_400]);
    expect(picoUsd).toEqual([200_000 + 100 * 500 + 300 * 500, 240_000 + 50 * 500]);
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
