import { describe, expect, test } from 'vitest';
import { describeBook, describeProjectPrices } from '@/lib/charts/describe-prices';
import {
  describeRepricedCalls,
  describeRepriceTotal,
  formatUsdChange,
} from '@/lib/charts/describe-reprice';
import { preparePriceComparison } from '@/lib/charts/prepare-price-comparison';

const identity = { name: 'a book', version: '1', date: '2026-09-23' };
const nowMs = Date.UTC(2026, 10, 21, 12);
const seen = (model: string, unpricedCalls = 0, kind: 'priced' | 'unpriced' = 'priced') => ({
  providerName: null,
  model,
  unpricedCalls,
  resolution: { kind },
});
const headline = (seenModels: ReturnType<typeof seen>[], now = nowMs) =>
  describeProjectPrices(
    {
      identity,
      seenModels,
      unpricedCalls: seenModels.reduce((sum, one) => sum + one.unpricedCalls, 0),
      unpricedTokens: 12_000,
    },
    now,
  ).headline;

describe('the finding of a page of prices', () => {
  test.each([
    { models: [], expected: 'No calls to price yet' },
    {
      models: [seen('a'), seen('b'), seen('b')],
      expected: 'All 2 models are priced; the book is 59 days old',
    },
    { models: [seen('a')], expected: 'The one model is priced; the book is 59 days old' },
    {
      models: [seen('a'), seen('b', 1_204, 'unpriced'), seen('c', 1, 'unpriced')],
      expected: '2 of 3 models lack a price: 1,205 calls are unpriced',
    },
    {
      // A model that the book knows, with tokens for which it has no price.
      models: [seen('a'), seen('b', 1)],
      expected: '1 of 2 models lacks a price: 1 call is unpriced',
    },
  ])('$expected', ({ models, expected }) => {
    expect(headline(models)).toBe(expected);
  });

  test('never makes a book younger than today, and says of a day that is none that its age is unknown', () => {
    expect(headline([seen('a')], Date.UTC(2020, 0, 1))).toContain('of today');
    const book = { identity: { ...identity, date: 'soon' }, isBaseReplaced: true, providers: [] };
    expect(describeBook(book, nowMs).headline).toContain('of unknown age');
    expect(describeBook(book, nowMs).lede).toContain('in place of what is installed');
  });
});

describe('what a re-price would change', () => {
  const total = {
    calls: 40,
    changedCalls: 10,
    newlyPricedCalls: 0,
    newlyUnpricedCalls: 0,
    storedUsd: 400,
    differenceUsd: 12.3,
  };

  test('has its sign, and its share of what is stored where there is any', () => {
    expect(formatUsdChange(-2)).toBe('− $2.00');
    expect(describeRepriceTotal(total)).toMatch(/^\+ \$12\.30 \(3\.1.%\)$/);
    expect(describeRepriceTotal({ ...total, storedUsd: null })).toBe('+ $12.30');
  });

  test('is told for the calls that change, gain a price or lose theirs', () => {
    expect(describeRepricedCalls(total)).toBe('10 of 40 calls would change.');
    expect(describeRepricedCalls({ ...total, newlyPricedCalls: 1, newlyUnpricedCalls: 2 })).toBe(
      '10 of 40 calls would change, 1 call would gain a price and 2 calls would lose theirs.',
    );
  });
});

test('disagreements are the single prices that differ, a free one first, then by their ratio', () => {
  const price = (part: 'input' | 'output', low: number, high: number, isAgreed = false) => ({
    part,
    values: [
      { book: 'one', picoUsd: low },
      { book: 'two', picoUsd: high },
    ],
    ratio: low === 0 ? null : high / low,
    isAgreed,
  });
  const rows = preparePriceComparison([
    {
      providerId: 'v',
      model: 'a',
      prices: [price('input', 100, 200), price('output', 5, 5, true)],
    },
    { providerId: 'v', model: 'b', prices: [price('input', 0, 3), price('output', 100, 400)] },
  ]);
  expect(rows.map((row) => [row.model, row.part, row.ratio])).toEqual([
    ['b', 'input', null],
    ['b', 'output', 4],
    ['a', 'input', 2],
  ]);
  expect(rows[1]?.values.map((value) => value.share)).toEqual([0.25, 1]);
});
