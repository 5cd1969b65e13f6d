import { describe, expect, test } from 'vitest';
import { batchResponseSec } from '@/simulations/analytic/batch-arrivals';
import { solveSingleServer } from '@/simulations/analytic/single-server';

/** Mean number in M^[X]/M/1 with batches of a fixed size, by iterating the jump chain's balance. */
function numberByCuts(batchRatePerSec: number, size: number): number {
  // What crosses upwards over n + 1 crosses downwards: p(n + 1) = λ·Σ(k = n + 1 − size < k ≤ n) p(k).
  const probability = [1];
  for (let n = 0; n < 3_000; n++) {
    let crossing = 0;
    for (let k = Math.max(0, n + 1 - size); k <= n; k++) crossing += probability[k];
    probability.push(batchRatePerSec * crossing);
  }
  const total = probability.reduce((sum, p) => sum + p, 0);
  return probability.reduce((sum, p, n) => sum + n * p, 0) / total;
}

describe('batchResponseSec', () => {
  test.each([
    [0.16, 5],
    [0.3, 2],
    [0.05, 12],
  ])('for %d batches a second of %d each is what the cuts between states say', (rate, size) => {
    const responseSec = batchResponseSec({
      batchRatePerSec: rate,
      batchSizeMean: size,
      batchSizeCv: 0,
      serviceTimeSec: 1,
    });
    expect(Number(responseSec) * rate * size).toBeCloseTo(numberByCuts(rate, size), 8);
  });

  test('is M/M/1 for batches of one', () => {
    const one = { batchRatePerSec: 1.5, batchSizeMean: 1, batchSizeCv: 0, serviceTimeSec: 0.5 };
    const queue = { arrivalRatePerSec: 1.5, serviceTimeSec: 0.5 };
    expect(batchResponseSec(one)).toBeCloseTo(
      solveSingleServer(queue)?.responseTimeSec ?? Number.NaN,
      12,
    );
  });

  test('has no steady state at ρ = 1', () => {
    const full = { batchRatePerSec: 0.2, batchSizeMean: 5, batchSizeCv: 0, serviceTimeSec: 1 };
    expect(batchResponseSec(full)).toBeNull();
  });
});
