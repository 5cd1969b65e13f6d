import { describe, expect, test } from 'vitest';
import { meanInterval, studentTQuantile } from '@/lib/stats/student-t';

describe('studentTQuantile', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, §1.3.6.7.2, upper critical values.
  test.each([
    { p: 0.9, df: 1, t: 3.078 },
    { p: 0.95, df: 1, t: 6.314 },
    { p: 0.975, df: 1, t: 12.706 },
    { p: 0.999, df: 1, t: 318.309 },
    { p: 0.975, df: 2, t: 4.303 },
    { p: 0.975, df: 4, t: 2.776 },
    { p: 0.975, df: 9, t: 2.262 },
    { p: 0.995, df: 10, t: 3.169 },
    { p: 0.975, df: 19, t: 2.093 },
    { p: 0.975, df: 30, t: 2.042 },
    { p: 0.99, df: 60, t: 2.39 },
    { p: 0.975, df: 100, t: 1.984 },
  ])('t($p, $df) is the tabulated $t', ({ p, df, t }) => {
    expect(studentTQuantile(p, df)).toBeCloseTo(t, 2.9);
  });

  test.each([0.51, 0.6, 0.9, 0.975, 0.999, 0.99999])(
    'closed forms at one and two degrees, p = %d',
    (p) => {
      const one = Math.tan(Math.PI * (p - 0.5));
      const two = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
      expect(studentTQuantile(p, 1) / one).toBeCloseTo(1, 9);
      expect(studentTQuantile(p, 2) / two).toBeCloseTo(1, 9);
    },
  );

  test('tends to the normal quantile, and is odd about the median', () => {
    expect(studentTQuantile(0.975, 1e9)).toBeCloseTo(1.959963984540054, 6);
    expect(studentTQuantile(0.025, 7)).toBeCloseTo(-studentTQuantile(0.975, 7), 12);
    expect(studentTQuantile(0.5, 7)).toBe(0);
  });

  test.each([
    [0, 5],
    [1, 5],
    [Number.NaN, 5],
    [0.975, 0],
  ])('refuses p = %d with %d degrees of freedom', (p, df) => {
    expect(() => studentTQuantile(p, df)).toThrow(RangeError);
  });
});

describe('meanInterval', () => {
  test('five values by hand: mean 3, s = √2.5, half-width t·s/√5', () => {
    const result = meanInterval([1, 2, 3, 4, 5]);
    expect(result?.mean).toBe(3);
    expect(result?.standardDeviation).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(result?.halfWidth).toBeCloseTo(2.7764451051977987 * Math.sqrt(0.5), 8);
  });

  test('one value has no interval', () => {
    expect(meanInterval([1])).toBeNull();
  });
});
