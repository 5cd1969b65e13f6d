import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearScale, logScale, niceTicks, wholeTicks } from '@/lib/charts/scale';

describe('scales map the ends of the domain to the ends of the range', () => {
  test('a linear scale is straight, also downwards', () => {
    const y = linearScale([0, 10], [200, 0]);
    expect([y(0), y(5), y(10)]).toEqual([200, 100, 0]);
  });

  test('a domain of no width maps to the middle, not to NaN', () => {
    expect(linearScale([3, 3], [0, 10])(3)).toBe(5);
  });

  test('equal ratios are equal distances on a logarithmic scale', () => {
    const y = logScale([1, 1_000], [0, 3]);
    expect(y(10)).toBeCloseTo(1, 12);
    expect(y(100) - y(10)).toBeCloseTo(y(1_000) - y(100), 12);
    expect(y(0)).toBeNaN();
  });

  test('a logarithmic domain that touches 0 is refused', () => {
    expect(() => logScale([0, 10], [0, 1])).toThrow(RangeError);
  });
});

describe('ticks', () => {
  test('start at 0, rise evenly and cover the largest value', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.integer({ min: 1, max: 10 }),
        (max, count) => {
          const ticks = niceTicks(max, count);
          const step = ticks[1] ?? 0;
          expect(ticks[0]).toBe(0);
          expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * (1 - 1e-6));
          expect(ticks.length - 1).toBeLessThanOrEqual(count + 1);
          ticks.forEach((tick, i) => {
            expect(Math.abs(tick - i * step)).toBeLessThanOrEqual(step * 0.01);
          });
        },
      ),
    );
  });

  test.each([
    [2.7, 3, [0, 1, 2, 3]],
    [0.29, 3, [0, 0.1, 0.2, 0.3]],
    [118_000, 2, [0, 100_000, 200_000]],
  ])('%d in about %d steps', (max, count, expected) => {
    expect(niceTicks(max, count)).toEqual(expected);
  });

  test('nothing to show still gives an axis', () => {
    expect(niceTicks(0, 4)).toEqual([0, 1]);
    expect(niceTicks(Number.NaN, 4)).toEqual([0, 1]);
  });

  test('counts have no ticks between whole numbers', () => {
    for (const max of [1, 2, 3, 7, 12, 40]) {
      const ticks = wholeTicks(max, 6);
      expect(ticks.every(Number.isInteger)).toBe(true);
      expect(ticks.length).toBeGreaterThan(1);
    }
  });
});
