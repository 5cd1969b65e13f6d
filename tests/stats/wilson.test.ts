import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wilsonInterval } from '@/lib/stats/wilson';

describe('wilsonInterval', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    { successes: 81, trials: 263, expected: [0.2553, 0.3662] },
    { successes: 15, trials: 148, expected: [0.0624, 0.1605] },
    { successes: 0, trials: 20, expected: [0, 0.1611] },
    { successes: 1, trials: 29, expected: [0.0061, 0.1718] },
  ])('$successes of $trials is the published interval', ({ successes, trials, expected }) => {
    const [low, high] = wilsonInterval(successes, trials);
    expect(low).toBeCloseTo(expected[0], 4);
    expect(high).toBeCloseTo(expected[1], 4);
  });

  test('holds the share, stays in [0, 1] and mirrors', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), (a, b) => {
        const [low, high] = wilsonInterval(a, a + b);
        const [mirroredLow, mirroredHigh] = wilsonInterval(b, a + b);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        if (a + b > 0) {
          expect(low).toBeLessThanOrEqual(a / (a + b));
          expect(high).toBeGreaterThanOrEqual(a / (a + b));
          expect(low + mirroredHigh).toBeCloseTo(1, 12);
          expect(high + mirroredLow).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  test('no trials say nothing, and more successes than trials are refused', () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
    expect(() => wilsonInterval(2, 1)).toThrow(RangeError);
  });
});
