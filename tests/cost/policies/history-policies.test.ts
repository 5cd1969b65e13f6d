import { describe, expect, test } from 'vitest';
import type { Policy } from '@/lib/cost/policies/policy';
import { at, replay, toolCall } from './by-hand';

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

  test('a thread whose summaries could not be priced is left as it is, and said', () => {
    const stored = rows.map((row) => ({ ...row, model: 'unknown', listCostPicoUsd: 777 }));
    const { callsAdded, picoUsd, assumptions } = replay(stored, compact);
    expect(callsAdded).toBe(0);
    expect(picoUsd).toEqual([777, 777, 777, 777]);
    expect(assumptions.join(' ')).toContain('summaries of 1 threads could not be priced');
    const below: Policy = { ...compact, thresholdTokens: 9_000 };
    expect(replay(stored, below).assumptions.join(' ')).toContain('nothing was summarised');
  });

  test('a summary is charged with a call that is made, and not with an answer out of a store', () => {
    const found = rows.map((row, k) => ({ ...row, isResponseCacheHit: k === 2 }));
    const { callsAdded, prompts, picoUsd } = replay(found, compact);
    expect(callsAdded).toBe(1);
    expect(prompts).toEqual([2_000, 3_000, 4_000, 3_200]);
    expect(picoUsd[2]).toBe(0);
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
