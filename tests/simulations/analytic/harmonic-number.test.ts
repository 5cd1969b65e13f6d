import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { harmonicNumber } from '@/simulations/analytic/harmonic-number';

describe('harmonicNumber', () => {
  test.each([
    { count: 0, exponent: 1, expected: 0, because: 'nothing to add' },
    { count: 4, exponent: 1, expected: 25 / 12, because: '1 + 1/2 + 1/3 + 1/4' },
    { count: 7, exponent: 0, expected: 7, because: 'all terms are 1' },
    {
      count: 1_000_000,
      exponent: 2,
      expected: Math.PI ** 2 / 6 - 1e-6,
      because: 'Euler, less the tail',
    },
  ])('of $count with exponent $exponent: $because', ({ count, exponent, expected }) => {
    expect(harmonicNumber(count, exponent)).toBeCloseTo(expected, 11);
  });

  test('goes over from adding to a series without a seam', () => {
    const exponent = fc.oneof(fc.constant(1), fc.double({ min: 0, max: 3, noNaN: true }));
    fc.assert(
      fc.property(fc.integer({ min: 990, max: 5_000 }), exponent, (count, s) => {
        let sum = 0;
        for (let i = count; i >= 1; i--) sum += i ** -s;
        expect(harmonicNumber(count, s) / sum).toBeCloseTo(1, 12);
      }),
      { numRuns: 50 },
    );
  });
});
