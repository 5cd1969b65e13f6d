import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantile } from '@/lib/stats/quantile';
import { selectQuantiles } from '@/lib/stats/select-quantiles';

const probabilities = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

describe('selectQuantiles', () => {
  test('is what sorting gives, to the last bit', () => {
    const numbers = fc.oneof(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.integer({ min: 0, max: 3 }),
      fc.double({ min: 0, max: 1e-300, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 300 }), (list) => {
        const values = Float64Array.from(list, (value) => value + 0);
        expect(selectQuantiles(values, probabilities)).toEqual(
          probabilities.map((p) => quantile(values, p)),
        );
      }),
    );
  });

  test('has no value for nothing', () => {
    expect(selectQuantiles(new Float64Array(), [0.5])).toEqual([Number.NaN]);
  });
});
