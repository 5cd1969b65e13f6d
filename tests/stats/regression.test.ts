import fc from 'fast-check';
import { linearRegression } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { fitWithinGroups, sumCentred } from '@/lib/stats/regression';

const point = fc.tuple(
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer({ min: -1000, max: 1000 }),
);

describe('fitWithinGroups', () => {
  test('groups with one slope and intercepts that run against it still give the slope', () => {
    const x = [1, 2, 3, 4];
    const groups = [0, 1, 2].map((group) =>
      sumCentred(
        x.map((value) => value + 10 * group),
        x.map((value) => 5 * value - 1000 * group),
      ),
    );
    expect(fitWithinGroups(groups)?.slope).toBeCloseTo(5, 12);
    expect(fitWithinGroups(groups)?.rSquared).toBeCloseTo(1, 12);
  });

  test('equals least squares on values from which each group mean is taken', () => {
    const groups = fc.array(fc.array(point, { minLength: 2, maxLength: 9 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(groups, (drawn) => {
        const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
        const centred = drawn.flatMap((points) => {
          const meanX = mean(points.map(([x]) => x));
          const meanY = mean(points.map(([, y]) => y));
          return points.map(([x, y]): [number, number] => [x - meanX, y - meanY]);
        });
        fc.pre(centred.some(([x]) => Math.abs(x) > 0.1));
        const fit = fitWithinGroups(
          drawn.map((points) =>
            sumCentred(
              points.map(([x]) => x),
              points.map(([, y]) => y),
            ),
          ),
        );
        expect(fit?.slope).toBeCloseTo(linearRegression(centred).m, 6);
      }),
    );
  });

  test('an offset of 1e12 costs no digits of the slope, and x that does not vary has none', () => {
    const x = Array.from({ length: 100 }, (_, i) => 1e12 + i);
    const y = x.map((value) => 3 * (value - 1e12));
    expect(fitWithinGroups([sumCentred(x, y)])?.slope).toBe(3);
    expect(fitWithinGroups([sumCentred([2, 2, 2], [1, 2, 3])])).toBeNull();
  });
});
