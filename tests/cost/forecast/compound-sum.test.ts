import { describe, expect, test } from 'vitest';
import { compoundSumAt } from '@/lib/cost/forecast/compound-sum';
import { quantile } from '@/lib/stats/quantile';
import { createRandomStream, type RandomStream } from '@/lib/stats/random-stream';
import { lognormalCosts } from './example-basis';

/** Poisson by counting exponential gaps. */
function nextPoisson(stream: RandomStream, mean: number): number {
  let count = 0;
  for (let at = stream.nextExponential(1); at < mean; at += stream.nextExponential(1)) count++;
  return count;
}

function momentsOf(costs: Float64Array): [number, number, number] {
  const mean = (power: number) => costs.reduce((sum, c) => sum + c ** power, 0) / costs.length;
  return [mean(1), mean(2), mean(3)];
}

describe('compoundSumAt', () => {
  test.each([
    { expected: 30, sigma: 0.5 },
    { expected: 300, sigma: 1 },
    { expected: 3_000, sigma: 1.5 },
  ])(
    'has the mean and variance of the sum exactly: $expected sessions, σ $sigma',
    ({ expected, sigma }) => {
      const [m1, m2, m3] = momentsOf(lognormalCosts(500, sigma));
      // Integrated over z by the trapezoid rule, which is exact to rounding for smooth tails.
      let mean = 0;
      let square = 0;
      let weight = 0;
      for (let z = -9; z <= 9; z += 1 / 256) {
        const density = Math.exp((-z * z) / 2);
        const value = compoundSumAt(expected, m1, m2, m3, z);
        weight += density;
        mean += density * value;
        square += density * value * value;
      }
      mean /= weight;
      expect(mean / (expected * m1)).toBeCloseTo(1, 6);
      expect((square / weight - mean * mean) / (expected * m2)).toBeCloseTo(1, 4);
    },
  );

  test.each([
    { expected: 30, sigma: 0.5, tolerance: 0.02 },
    { expected: 300, sigma: 1, tolerance: 0.01 },
    { expected: 1_000, sigma: 1.2, tolerance: 0.01 },
  ])(
    'agrees with sessions drawn one by one: quantiles of $expected sessions, σ $sigma, within $tolerance',
    ({ expected, sigma, tolerance }) => {
      const costs = lognormalCosts(2_000, sigma);
      const [m1, m2, m3] = momentsOf(costs);
      const stream = createRandomStream(11, 0, 'brute force', expected);
      const draws = 20_000;
      const brute = Float64Array.from({ length: draws }, () => {
        let sum = 0;
        for (let left = nextPoisson(stream, expected); left > 0; left--) {
          sum += costs[stream.nextInt(costs.length)];
        }
        return sum;
      });
      const quick = Float64Array.from({ length: draws }, () =>
        compoundSumAt(expected, m1, m2, m3, stream.nextNormal()),
      );
      for (const p of [0.1, 0.25, 0.5, 0.75, 0.9, 0.95]) {
        const ratio = quantile(quick, p) / quantile(brute, p);
        expect(Math.abs(ratio - 1), `P${p * 100}: ratio ${ratio}`).toBeLessThan(tolerance);
      }
    },
  );

  test('is what was expected where nothing varies', () => {
    expect(compoundSumAt(0, 1, 1, 1, 2)).toBe(0);
  });
});
