import { describe, expect, test } from 'vitest';
import { peakWorkers, scaledThroughputPerSec } from '@/simulations/analytic/universal-scalability';

describe('the universal scalability law', () => {
  test('is linear without contention, and Amdahl’s law without coherency', () => {
    const linear = { ratePerSecOfOne: 3, contention: 0, coherency: 0 };
    expect(scaledThroughputPerSec(linear, 40)).toBe(120);
    expect(peakWorkers(linear)).toBe(Infinity);
    const amdahl = { ratePerSecOfOne: 1, contention: 0.1, coherency: 0 };
    expect(scaledThroughputPerSec(amdahl, 1e9)).toBeCloseTo(10, 6);
  });

  test('peaks where it says it does', () => {
    const law = { ratePerSecOfOne: 2, contention: 0.05, coherency: 0.002 };
    const peak = peakWorkers(law);
    const most = scaledThroughputPerSec(law, peak);
    for (const factor of [0.5, 0.9, 1.1, 2]) {
      expect(scaledThroughputPerSec(law, peak * factor)).toBeLessThan(most);
    }
  });

  test('has one worker at its own rate, and nothing to gain where all work is serial', () => {
    const law = { ratePerSecOfOne: 2, contention: 1, coherency: 0 };
    expect(scaledThroughputPerSec(law, 1)).toBe(2);
    expect(peakWorkers(law)).toBe(0);
  });
});
