import { quantile as oracleR7 } from 'd3-array';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantile, quantileOfCounts, quantileSorted, sortAscending } from '@/lib/stats/quantile';

const finite = fc.double({ noNaN: true, min: -1e9, max: 1e9 });
const probability = fc.double({ noNaN: true, min: 0, max: 1 });

describe('quantile', () => {
  test.each([
    { p: 0, expected: 1 },
    { p: 0.25, expected: 1.75 },
    { p: 0.5, expected: 2.5 },
    { p: 0.95, expected: 3.85 },
    { p: 1, expected: 4 },
  ])('type 7 of 1, 2, 3, 4 at $p is $expected', ({ p, expected }) => {
    expect(quantile([3, 1, 4, 2], p)).toBeCloseTo(expected, 12);
  });

  test('agrees with another implementation of type 7', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), probability, (values, p) => {
        const expected = oracleR7(values, p) ?? Number.NaN;
        expect(quantile(values, p)).toBeCloseTo(expected, 4);
      }),
    );
  });

  test('NaN is left out, nothing has no quantile, and a probability outside [0, 1] is refused', () => {
    expect(quantile([Number.NaN, 5, Number.NaN], 0.9)).toBe(5);
    expect(quantile([], 0.5)).toBeNaN();
    expect(() => quantile([1], 1.01)).toThrow(RangeError);
    expect(() => quantile([1], Number.NaN)).toThrow(RangeError);
  });

  test('the input keeps its order', () => {
    const values = Float64Array.of(3, 1, 2);
    quantile(values, 0.5);
    expect([...values]).toEqual([3, 1, 2]);
  });
});

describe('quantileOfCounts', () => {
  test('equals the quantile of the values written out as often as counted', () => {
    const item = fc.record({ value: finite, count: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), probability, (items, p) => {
        const sorted = items.toSorted((a, b) => a.value - b.value);
        const written = sorted.flatMap(({ value, count }) => Array(count).fill(value));
        const counted = quantileOfCounts(
          sorted.map(({ value }) => value),
          sorted.map(({ count }) => count),
          p,
        );
        expect(counted).toEqual(quantileSorted(sortAscending(written), p));
      }),
    );
  });
});
