import fc from 'fast-check';
import { linearRegression } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { fitWithPriors, predictAt } from '@/lib/stats/prior-regression';

const open = { mean: 0, deviation: 1e6 } as const;
const sure = { mean: 3, deviation: 1e-6 } as const;
const points = fc.array(
  fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })),
  {
    minLength: 4,
    maxLength: 20,
  },
);

describe('fitWithPriors', () => {
  test('without a belief it is least squares, for the line and for its residual variance', () => {
    fc.assert(
      fc.property(points, (drawn) => {
        fc.pre(new Set(drawn.map(([x]) => x)).size > 1);
        const fit = fitWithPriors(
          drawn.map(([x]) => [x]),
          drawn.map(([, y]) => y),
          [open],
          1e-9,
        );
        const { m, b } = linearRegression(drawn);
        expect(fit.slopes[0]).toBeCloseTo(m, 5);
        expect(predictAt(fit, [7]).mean).toBeCloseTo(m * 7 + b, 4);
        const squares = drawn.reduce((sum, [x, y]) => sum + (y - m * x - b) ** 2, 0);
        const expected = Math.max(squares / (drawn.length - 2), 1e-9);
        expect(fit.residualVariance / expected).toBeCloseTo(1, 3);
      }),
    );
  });

  test('a firm belief is kept whatever the points say, and costs no degree of freedom', () => {
    fc.assert(
      fc.property(points, (drawn) => {
        const fit = fitWithPriors(
          drawn.map(([x]) => [x]),
          drawn.map(([, y]) => y),
          [sure],
          1e-9,
        );
        expect(fit.slopes[0]).toBeCloseTo(3, 4);
        expect(fit.degreesOfFreedom).toBeCloseTo(drawn.length - 1, 3);
      }),
    );
  });

  test('one slope is the mean of belief and points, weighed by what each knows', () => {
    const x = [-1, 0, 1];
    const y = [-2.1, 0.2, 1.9];
    const fit = fitWithPriors(
      x.map((value) => [value]),
      y,
      [{ mean: 0, deviation: 0.5 }],
      1e-9,
    );
    // Σx² = 2 and Σxy = 4: precision 2/σ² of the points against 4 of the belief.
    const precision = 2 / fit.residualVariance + 4;
    expect(fit.slopes[0]).toBeCloseTo(4 / fit.residualVariance / precision, 6);
    expect(predictAt(fit, [3]).slopeVariance).toBeCloseTo(9 / precision, 6);
  });

  test('an exact plane in two columns is found', () => {
    const x = [0, 1, 2, 3, 4, 5].map((i) => [i, (i * i) % 5]);
    const y = x.map(([a, b]) => 2 + 3 * a - b);
    const fit = fitWithPriors(x, y, [open, open], 1e-12);
    expect(fit.slopes[0]).toBeCloseTo(3, 9);
    expect(fit.slopes[1]).toBeCloseTo(-1, 9);
    expect(predictAt(fit, [10, 4]).mean).toBeCloseTo(28, 8);
  });

  test('nothing to fit, or rows without values, is refused', () => {
    expect(() => fitWithPriors([], [], [open], 1)).toThrow(RangeError);
    expect(() => fitWithPriors([[1]], [1, 2], [open], 1)).toThrow(RangeError);
  });
});
