import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithin, parseTypedRange, writeRange } from '@/lib/typed-range';

describe('parseTypedRange', () => {
  test.each([
    ['20 to 40', 20, 40],
    ['20 TO 40', 20, 40],
    ['40 to 20', 20, 40],
    ['20–40', 20, 40],
    ['20 - 40', 20, 40],
    ['20-40', 20, 40],
    ['20..40', 20, 40],
    ['1,200 to 2,000', 1_200, 2_000],
    ['1.2k to 2k', 1_200, 2_000],
    ['1.2k to 2M sessions/day', 1_200, 2_000_000],
    ['$10,000 to $12,000', 10_000, 12_000],
    ['5 to 10 %', 0.05, 0.1],
    ['5% to 10%', 0.05, 0.1],
    ['-10 to 7 %', -0.1, 0.07],
    ['-3 to -1', -3, -1],
    ['−3 to −1', -3, -1],
    ['7', 7, 7],
    ['7 %', 0.07, 0.07],
    ['× 1.5', 1.5, 1.5],
  ])('%s', (text, low, high) => {
    expect(parseTypedRange(text)?.range).toEqual({ low, high });
  });

  test.each([
    ['5 to 10', 0.05, 0.1],
    ['5 to 10 %', 0.05, 0.1],
    ['5% to 10', 0.05, 0.1],
    ['−50', -0.5, -0.5],
    ['0.5', 0.005, 0.005],
  ])('a number without a sign is percent where the unit is: %s', (text, low, high) => {
    expect(parseTypedRange(text, 'percent')?.range).toEqual({ low, high });
  });

  test('tells whether the ends came the wrong way round', () => {
    expect(parseTypedRange('40 to 20')?.isReversed).toBe(true);
    expect(parseTypedRange('20 to 40')?.isReversed).toBe(false);
    expect(parseTypedRange('20')?.isReversed).toBe(false);
  });

  test.each(['', 'to', 'many', '1 to 2 to 3', '5 to', 'to 5'])('nothing in "%s"', (text) => {
    expect(parseTypedRange(text)).toBeNull();
  });

  test('reads back what is written', () => {
    const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const range = { low: Math.min(a, b), high: Math.max(a, b) };
        const text = writeRange(range, 'number');
        expect(parseTypedRange(text)?.range).toEqual(range);
      }),
    );
  });

  test('both ends have to be inside the limits', () => {
    expect(isWithin({ low: 1, high: 2 }, { min: 1, max: 2 })).toBe(true);
    expect(isWithin({ low: 0, high: 2 }, { min: 1, max: 2 })).toBe(false);
    expect(isWithin({ low: 1, high: 3 }, { min: 1, max: 2 })).toBe(false);
  });
});
