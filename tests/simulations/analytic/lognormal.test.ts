import { describe, expect, test } from 'vitest';
import { fitLognormal } from '@/simulations/analytic/lognormal';
import { normalQuantile } from '@/simulations/analytic/normal-distribution';

describe('fitLognormal', () => {
  test('gives back the quantiles it was made from', () => {
    const time = fitLognormal(1.4, 37);
    expect(Math.exp(time.logMean)).toBeCloseTo(1.4, 12);
    expect(Math.exp(time.logMean + time.logDeviation * normalQuantile(0.99))).toBeCloseTo(37, 9);
  });

  test('has the mean and CV of its quantile function', () => {
    const time = fitLognormal(2, 9);
    const steps = 200_000;
    let mean = 0;
    let square = 0;
    for (let i = 0; i < steps; i++) {
      const z = -9 + (18 * (i + 0.5)) / steps;
      const weight = (Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)) * (18 / steps);
      const value = Math.exp(time.logMean + time.logDeviation * z);
      mean += weight * value;
      square += weight * value * value;
    }
    expect(time.meanSec).toBeCloseTo(mean, 9);
    expect(time.cv).toBeCloseTo(Math.sqrt(square - mean * mean) / mean, 8);
    expect(time.residualSecMean).toBeCloseTo(square / (2 * mean), 8);
  });

  test('is a constant where P99 is the median, and nothing below', () => {
    expect(fitLognormal(3, 3)).toMatchObject({ cv: 0, meanSec: 3, residualSecMean: 1.5 });
    expect(() => fitLognormal(3, 2.9)).toThrow(RangeError);
  });
});
