import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBudget, readNumber } from '@/lib/typed-number';
import { readRange, writeRange } from '@/lib/typed-range';

const growth = { min: -0.9, max: 10, unit: 'percent' } as const;

describe('reading what is typed into a field', () => {
  test('a range of percent is percent with and without the sign', () => {
    const value = { low: 0.05, high: 0.1 };
    expect(readRange('5 to 10', growth)).toEqual({ value, note: null });
    expect(readRange('5 to 10 %', growth)).toEqual({ value, note: null });
  });

  test('a range outside the limits names them in its unit', () => {
    expect(readRange('-120', growth)).toEqual({ error: 'Give numbers from -90 % to 1,000 %.' });
    expect(readRange('-50', growth)).toEqual({ value: { low: -0.5, high: -0.5 }, note: null });
    expect(readRange('often', growth)).toHaveProperty('error');
  });

  test('ends the wrong way round are put right and said', () => {
    expect(readRange('40 to 20', { min: 0, max: 100, unit: 'number' })).toEqual({
      value: { low: 20, high: 40 },
      note: 'Read as 20 to 40.',
    });
  });

  test.each(['25', '0', '2.5', '-3', 'abc', ''])('months: "%s" is refused, not rounded', (text) => {
    expect(readNumber(text, { min: 1, max: 24, isWhole: true })).toEqual({
      error: 'Give a whole number from 1 to 24.',
    });
  });

  test.each(['-5', 'abc', '0', '2e12'])('a budget of "%s" is refused', (text) => {
    expect(readBudget(text)).toHaveProperty('error');
  });

  test('a budget is an amount, or nothing for none', () => {
    expect(readBudget('$10,000')).toEqual({ value: 10_000, note: null });
    expect(readBudget(' ')).toEqual({ value: null, note: null });
  });

  test('a range in percent reads back as it is written', () => {
    const whole = fc.integer({ min: -90, max: 1_000 });
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const range = { low: Math.min(a, b) / 100, high: Math.max(a, b) / 100 };
        expect(readRange(writeRange(range, 'percent'), growth)).toEqual({
          value: range,
          note: null,
        });
      }),
    );
  });
});
