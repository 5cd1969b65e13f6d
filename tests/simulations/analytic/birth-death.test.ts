import { describe, expect, test } from 'vitest';
import { describeOccupancy, solveBirthDeath } from '@/simulations/analytic/birth-death';

describe('solveBirthDeath', () => {
  test('gives the geometric law of M/M/1, from whatever state it walks', () => {
    for (const mode of [0, 3, 40]) {
      const { first, probability } = solveBirthDeath({
        birthRatePerSec: () => 0.7,
        deathRatePerSec: () => 1,
        mode,
        capacity: Infinity,
      });
      expect(first).toBe(0);
      for (const n of [0, 1, 10, 50]) expect(probability[n] / (0.3 * 0.7 ** n)).toBeCloseTo(1, 10);
    }
  });

  test('adds up to 1 and ends at the capacity', () => {
    const { first, probability } = solveBirthDeath({
      birthRatePerSec: () => 5,
      deathRatePerSec: (n) => n,
      mode: 5,
      capacity: 7,
    });
    expect(first + probability.length - 1).toBe(7);
    expect(probability.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 14);
  });

  test('leaves out states that do not count, so that a crowd of a million is quick', () => {
    const { first, probability } = solveBirthDeath({
      birthRatePerSec: () => 1_000_000,
      deathRatePerSec: (n) => n,
      mode: 1_000_000,
      capacity: Infinity,
    });
    expect(first).toBeGreaterThan(985_000);
    expect(probability.length).toBeLessThan(30_000);
    const { numberInSystem } = describeOccupancy({ first, probability }, 1);
    expect(numberInSystem / 1e6).toBeCloseTo(1, 9);
  });

  test('splits a state into those served and those that wait', () => {
    const states = { first: 1, probability: Float64Array.of(0.5, 0.25, 0.25) };
    expect(describeOccupancy(states, 2)).toEqual({
      numberInSystem: 1.75,
      queueLength: 0.25,
      allBusyProbability: 0.5,
    });
  });
});
