import { describe, expect, test } from 'vitest';
import { solveTransient } from '@/simulations/analytic/transient-queue';

const queue = { arrivalRatePerSec: 0.7, serviceTimeSec: 1 };

describe('solveTransient', () => {
  test('begins where it is put', () => {
    expect(solveTransient(queue, 0, 6)).toEqual({ numberInSystem: 6, emptyProbability: 0 });
    expect(solveTransient(queue, 0)).toEqual({ numberInSystem: 0, emptyProbability: 1 });
  });

  test('ends in the steady state, from either side', () => {
    for (const initial of [0, 30]) {
      const { numberInSystem, emptyProbability } = solveTransient(queue, 3_000, initial);
      expect(numberInSystem).toBeCloseTo(0.7 / 0.3, 8);
      expect(emptyProbability).toBeCloseTo(0.3, 9);
    }
  });

  test('moves by E[N]′ = λ − μ·(1 − P(empty))', () => {
    for (const at of [0.5, 4, 25]) {
      const slope =
        (solveTransient(queue, at + 1e-4, 2).numberInSystem -
          solveTransient(queue, at - 1e-4, 2).numberInSystem) /
        2e-4;
      expect(slope).toBeCloseTo(0.7 - (1 - solveTransient(queue, at, 2).emptyProbability), 6);
    }
  });

  test('grows with the excess in overload', () => {
    const overload = { arrivalRatePerSec: 2, serviceTimeSec: 1 };
    expect(solveTransient(overload, 200, 50).numberInSystem).toBeCloseTo(250, 6);
  });

  test('only drains without arrivals', () => {
    const { emptyProbability } = solveTransient({ arrivalRatePerSec: 0, serviceTimeSec: 1 }, 2, 1);
    expect(emptyProbability).toBeCloseTo(1 - Math.exp(-2), 12);
  });

  test('refuses more than it can follow', () => {
    expect(() => solveTransient(queue, 1e7)).toThrow(/arrivals and services/);
  });
});
