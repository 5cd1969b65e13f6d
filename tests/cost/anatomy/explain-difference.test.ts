import { describe, expect, test } from 'vitest';
import type { ComparedCall } from '@/lib/cost/anatomy/difference-group';
import { explainDifference } from '@/lib/cost/anatomy/explain-difference';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { createRandomStream } from '@/lib/stats/random-stream';

const prices = standardPriceBook.findUnitPrices({
  providerName: null,
  model: 'gpt-4.1',
  atMs: null,
});

/** Calls at 2 / 0.5 / 8 dollars per million, with what each is recorded at. */
function callsOf(
  recorded: (listPicoUsd: number, call: number, tokens: ComparedCall['tokens']) => number,
  { calls = 40, reasoning = 0 } = {},
): ComparedCall[] {
  const stream = createRandomStream(3, 0, 'calls', 0);
  return Array.from({ length: calls }, (_, call) => {
    const tokens = {
      inputFresh: 6_000 + stream.nextInt(9_000),
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      cacheWriteUnknownTtl: 0,
      output: 50 + stream.nextInt(900),
      reasoning: reasoning === 0 ? 0 : 1 + stream.nextInt(reasoning),
    };
    const listPicoUsd = tokens.inputFresh * 2e6 + (tokens.output + tokens.reasoning) * 8e6;
    return {
      tokens,
      promptTokens: tokens.inputFresh,
      listPicoUsd,
      recordedPicoUsd: recorded(listPicoUsd, call, tokens),
      prices,
    };
  });
}

/** What so many cached tokens take off. */
const saved = (tokens: number) => tokens * 1.5e6;

describe('explainDifference', () => {
  test('costs that differ by rounding alone are equal', () => {
    const rounded = callsOf((list) => Math.round(list / 1e6) * 1e6 + 400_000);
    expect(explainDifference(rounded)).toEqual({ kind: 'equal' });
  });

  test.each([128, 64])(
    'discounts in blocks of %i tokens are a cache that is not counted',
    (block) => {
      const calls = callsOf((list, call) => list - saved(block * (2 * (call % 20) + 1)));
      const implied = calls.reduce((sum, _, call) => sum + block * (2 * (call % 20) + 1), 0);
      const prompt = calls.reduce((sum, call) => sum + call.promptTokens, 0);
      expect(explainDifference(calls)).toEqual({
        kind: 'hidden_caching',
        discountedCalls: 40,
        blockTokens: block,
        wholeBlockCalls: 40,
        impliedCachedTokens: implied,
        impliedCachedShare: implied / prompt,
      });
    },
  );

  test('discounts in no whole blocks, or of more tokens than were sent, are no cache', () => {
    const odd = callsOf((list, call) => list - saved(100 * call + 37 + call * call));
    expect(explainDifference(odd).kind).not.toBe('hidden_caching');
    const tooMany = callsOf((list, call) => list - saved(128 * (100 + call)));
    expect(explainDifference(tooMany).kind).not.toBe('hidden_caching');
  });

  test('one block among calls that are dearer than list explains nothing', () => {
    const mixed = callsOf((list, call) => (call % 2 === 0 ? list - saved(1_280) : list * 1.3));
    expect(explainDifference(mixed)).toEqual({ kind: 'unexplained' });
  });

  test('one ratio for all calls is given with its spread', () => {
    const explanation = explainDifference(callsOf((list) => list / 2));
    expect(explanation).toEqual({
      kind: 'constant_ratio',
      ratio: 0.5,
      ratioP5: 0.5,
      ratioP95: 0.5,
    });
  });

  test.each([
    ['left_out', -1],
    ['added', 1],
  ] as const)('reasoning that is %s of the recorded cost is found', (direction, sign) => {
    const calls = callsOf((list, _, tokens) => list + sign * tokens.reasoning * 8e6, {
      reasoning: 2_000,
    });
    expect(explainDifference(calls)).toMatchObject({ kind: 'reasoning_apart', direction });
  });

  test('other unit prices are found and given beside those of the book', () => {
    const calls = callsOf((_, __, tokens) => tokens.inputFresh * 3e6 + tokens.output * 15e6);
    const explanation = explainDifference(calls);
    if (explanation.kind !== 'other_price') throw new Error(`Got ${explanation.kind}.`);
    expect(explanation.usdPerMtok.map(({ bucket, list }) => [bucket, list])).toEqual([
      ['inputFresh', 2],
      ['output', 8],
    ]);
    expect(explanation.usdPerMtok[0]?.recorded).toBeCloseTo(3, 6);
    expect(explanation.usdPerMtok[1]?.recorded).toBeCloseTo(15, 6);
  });

  test('what fits nothing, or rests on too few calls, is not explained', () => {
    const stream = createRandomStream(9, 0, 'noise', 0);
    const noise = callsOf((list) => list * (0.5 + stream.nextFloat()));
    expect(explainDifference(noise)).toEqual({ kind: 'unexplained' });
    expect(explainDifference(callsOf((list) => list / 2, { calls: 2 }))).toEqual({
      kind: 'unexplained',
    });
  });

  test('without prices in the book nothing is implied, and a ratio still is', () => {
    const calls = callsOf((list) => list / 4).map((call) => ({ ...call, prices: null }));
    expect(explainDifference(calls).kind).toBe('constant_ratio');
  });
});
