import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { poissonQuantile, poissonWeights } from '@/simulations/analytic/poisson-distribution';

describe('poissonWeights', () => {
  test('has mean and variance of a Poisson count, far above where factorials overflow', () => {
    for (const mean of [0.001, 1, 17.3, 900, 250_000]) {
      const { first, probability } = poissonWeights(mean);
      const about = (of: (k: number) => number) =>
        probability.reduce((sum, p, i) => sum + p * of(first + i), 0);
      expect(about(() => 1)).toBeCloseTo(1, 12);
      expect(about((k) => k) / mean).toBeCloseTo(1, 9);
      expect(about((k) => (k - mean) ** 2) / mean).toBeCloseTo(1, 8);
    }
  });

  test('is certain of 0 at mean 0', () => {
    const { first, probability } = poissonWeights(0);
    expect([first, probability[0]]).toEqual([0, 1]);
    expect(probability.slice(1).every((p) => p === 0)).toBe(true);
  });
});

describe('poissonQuantile', () => {
  test('is the first count whose sum of e^(−m)·mᵏ/k! reaches the probability', () => {
    const mean = fc.double({ min: 0.01, max: 40, noNaN: true });
    const order = fc.double({ min: 1e-6, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(mean, order, (m, probability) => {
        let term = Math.exp(-m);
        let sum = term;
        let count = 0;
        while (sum < probability - 1e-12) {
          count++;
          term *= m / count;
          sum += term;
        }
        // Where the sum meets the probability to rounding, the next count is as good.
        expect([count, count + 1]).toContain(poissonQuantile(m, probability));
        if (sum > probability + 1e-9) expect(poissonQuantile(m, probability)).toBe(count);
      }),
    );
  });
});
