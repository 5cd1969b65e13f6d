import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalProbability, normalQuantile } from '@/simulations/analytic/normal-distribution';

describe('the normal distribution', () => {
  test.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [-1.959963984540054, 0.025],
    [3.0000001, 0.998650102412211],
    [-5, 2.866515718791939e-7],
    [-20, 2.753624118606234e-89],
  ])('P(Z ≤ %d) is %d, as in tables', (x, probability) => {
    expect(normalProbability(x) / probability).toBeCloseTo(1, 10);
  });

  test('has quantiles that give their probability back', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-10, max: 1 - 1e-10, noNaN: true }), (probability) => {
        expect(normalProbability(normalQuantile(probability)) / probability).toBeCloseTo(1, 9);
      }),
    );
  });

  test('has no seam where series and fraction meet', () => {
    expect(normalProbability(-3.000_000_000_001) / normalProbability(-3)).toBeCloseTo(1, 10);
  });

  test.each([0, 1, -0.1, Number.NaN])('has no quantile of order %d', (probability) => {
    expect(() => normalQuantile(probability)).toThrow(RangeError);
  });
});
