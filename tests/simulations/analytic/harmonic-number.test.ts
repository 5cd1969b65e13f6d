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
});
