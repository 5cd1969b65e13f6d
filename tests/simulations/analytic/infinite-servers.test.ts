import { describe, expect, test } from 'vitest';
import {
  concurrencyQuantile,
  meanConcurrency,
  sinusoidalConcurrency,
} from '@/simulations/analytic/infinite-servers';

describe('concurrency without waiting', () => {
  test('is rate × time, with a Poisson median near it', () => {
    const sessions = { arrivalRatePerSec: 2, serviceTimeSec: 300 };
    expect(meanConcurrency(sessions)).toBe(600);
    expect(Math.abs(concurrencyQuantile(sessions, 0.5) - 600)).toBeLessThanOrEqual(1);
  });
});

describe('sinusoidalConcurrency', () => {
  const load = {
    arrivalRatePerSecMean: 100,
    arrivalRatePerSecAmplitude: 60,
    periodSec: 30,
    serviceTimeSec: 4,
  };

  test('follows m′ = λ(t) − m/S', () => {
    for (const at of [0, 3, 11, 29]) {
      const slope =
        (sinusoidalConcurrency(load, at + 1e-4) - sinusoidalConcurrency(load, at - 1e-4)) / 2e-4;
      const rate = 100 + 60 * Math.sin((2 * Math.PI * at) / 30);
      expect(slope).toBeCloseTo(rate - sinusoidalConcurrency(load, at) / 4, 4);
    }
  });

  test('follows the load at once where service is short beside the period', () => {
    const quick = { ...load, serviceTimeSec: 1e-6 };
    expect(sinusoidalConcurrency(quick, 7.5) / 1e-6).toBeCloseTo(160, 3);
  });

  test('peaks later than the load, and lower', () => {
    const peak = sinusoidalConcurrency(load, 7.5);
    expect(sinusoidalConcurrency(load, 9)).toBeGreaterThan(peak);
    for (let t = 0; t < 30; t++) expect(sinusoidalConcurrency(load, t)).toBeLessThan(640);
  });
});
