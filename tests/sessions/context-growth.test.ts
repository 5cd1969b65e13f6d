import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureContext } from '@/lib/sessions/context-growth';
import { groupCalls } from '@/lib/sessions/group-calls';
import { callRow, usageMissing } from './rows';

const measure = (rows: Parameters<typeof callRow>[0][]) =>
  measureContext(groupCalls(rows.map(callRow), 1));

describe('measureContext', () => {
  test('new content is the prompt less the prompt and the visible output before', () => {
    const context = measure([
      { inputFresh: 100, output: 20, reasoning: 500 },
      { cacheRead: 100, inputFresh: 50, output: 10, reasoning: 500 },
      { cacheRead: 150, cacheWrite5m: 20, cacheWrite1h: 5, cacheWriteUnknownTtl: 3 },
    ]);
    expect([...context.promptTokens]).toEqual([100, 150, 178]);
    expect([...context.newTokens]).toEqual([100, 30, 18]);
    expect([...context.resentTokens]).toEqual([0, 120, 160]);
    expect([...context.callInThread]).toEqual([1, 2, 3]);
  });

  test('a prompt below 70 % of the one before is a reset, 70 % exactly is not', () => {
    const context = measure([
      { inputFresh: 1000 },
      { inputFresh: 700 },
      { inputFresh: 489 },
      { inputFresh: 600 },
    ]);
    expect([...context.isContextReset]).toEqual([0, 0, 1, 0]);
    expect([...context.segment]).toEqual([0, 0, 1, 1]);
    expect(context.segments).toBe(2);
  });

  test('a call without usage or with an empty prompt is passed over and not numbered', () => {
    const context = measure([
      { inputFresh: 100, output: 10 },
      usageMissing,
      { inputFresh: 0 },
      { kind: 'tool', inputFresh: 7 },
      { inputFresh: 150 },
    ]);
    expect([...context.callInThread]).toEqual([1, -1, -1, -1, 2]);
    expect(context.newTokens[4]).toBe(40);
    expect(context.isContextReset[4]).toBe(0);
    expect([...context.promptTokens].slice(1, 4)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  test('threads that interleave keep their own history', () => {
    const context = measure([
      { inputFresh: 1000 },
      { inputFresh: 10, threadId: 'sub' },
      { inputFresh: 1100 },
      { inputFresh: 15, threadId: 'sub' },
    ]);
    expect([...context.newTokens]).toEqual([1000, 10, 100, 5]);
    expect([...context.isContextReset]).toEqual([0, 0, 0, 0]);
  });

  test('the standing prefix is the smallest first prompt of the agent and model', () => {
    const rows = [
      callRow({ sessionId: 'a', agentName: 'x', inputFresh: 120 }),
      callRow({ sessionId: 'a', agentName: 'x', inputFresh: 20 }),
      callRow({ sessionId: 'b', agentName: 'x', inputFresh: 90 }),
      callRow({ sessionId: 'c', agentName: 'y', inputFresh: 30 }),
    ];
    const context = measureContext(groupCalls(rows, 3));
    expect([...context.standingPrefixTokens]).toEqual([90, 90, 90, 30]);
    expect(context.resentTokens[1]).toBe(20);
  });

  test('new and resent tokens always make up the prompt', () => {
    const call = fc.record({
      inputFresh: fc.nat(5000),
      cacheRead: fc.nat(5000),
      output: fc.nat(900),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40 }), (rows) => {
        const context = measure(rows);
        context.promptTokens.forEach((prompt, row) => {
          if (Number.isNaN(prompt)) return;
          expect(context.newTokens[row] + context.resentTokens[row]).toBe(prompt);
          expect(context.newTokens[row]).toBeGreaterThanOrEqual(0);
          expect(context.resentTokens[row]).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });
});
