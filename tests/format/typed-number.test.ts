import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clampToStep, parseTypedNumber } from '@/lib/typed-number';

describe('parseTypedNumber', () => {
  test.each([
    ['412', 412],
    ['1,204.5', 1_204.5],
    ['30.0 s', 30],
    ['5 min', 5],
    ['× 2', 2],
    ['$0.42', 0.42],
    ['2.5k', 2_500],
    ['2 K', 2_000],
    ['1.2M tokens', 1_200_000],
    ['-3', -3],
    ['.5', 0.5],
    ['1e3', 1_000],
  ])('reads %j as %d', (text, expected) => {
    expect(parseTypedNumber(text)).toBeCloseTo(expected, 12);
  });

  test.each(['', 'none', '—', '1e999'])('finds no number in %j', (text) => {
    expect(parseTypedNumber(text)).toBeNull();
  });
});

describe('clampToStep', () => {
  test('keeps steps of a tenth free of binary dust', () => {
    expect(clampToStep(0.30000000000000004, { min: 0, max: 1, step: 0.1 })).toBe(0.3);
  });

  test('the result is within the limits and nearest on the grid from the least value', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000, max: 1_000 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 40 }),
        (value, steps, step) => {
          const min = 3;
          const max = min + steps * step;
          const result = clampToStep(value, { min, max, step });
          expect((result - min) % step).toBe(0);
          expect(result).toBeGreaterThanOrEqual(min);
          expect(result).toBeLessThanOrEqual(max);
          const inside = Math.min(max, Math.max(min, value));
          expect(Math.abs(result - inside)).toBeLessThanOrEqual(step / 2);
        },
      ),
    );
  });
});
