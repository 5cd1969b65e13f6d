import { describe, expect, test } from 'vitest';
import { bootstrapClusters, percentileInterval } from '@/lib/stats/bootstrap';
import { createRandomStream } from '@/lib/stats/random-stream';

const meanOf = (values: readonly number[]) => (counts: Uint32Array) =>
  values.reduce((sum, value, i) => sum + value * counts[i], 0) / values.length;

describe('bootstrapClusters', () => {
  test('draws as many clusters as there are, in every resample', () => {
    const [totals] = bootstrapClusters([(counts) => counts.reduce((a, b) => a + b, 0)], {
      clusters: 17,
      resamples: 200,
      seed: 1,
    });
    expect(new Set(totals)).toEqual(new Set([17]));
  });

  test('the same seed gives the same resamples and another seed others', () => {
    const run = (seed: number) =>
      bootstrapClusters([meanOf([1, 2, 3, 4])], { clusters: 4, resamples: 50, seed });
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });

  test('resampled means spread by σ/√n, the closed form', () => {
    const n = 400;
    const values = Array.from({ length: n }, (_, i) => i);
    const [means] = bootstrapClusters([meanOf(values)], { clusters: n, resamples: 4000, seed: 2 });
    const mean = means.reduce((a, b) => a + b, 0) / means.length;
    const variance = means.reduce((sum, x) => sum + (x - mean) ** 2, 0) / means.length;
    const expected = Math.sqrt((n * n - 1) / 12 / n);
    expect(Math.abs(mean - (n - 1) / 2)).toBeLessThan((5 * expected) / Math.sqrt(4000));
    expect(Math.sqrt(variance) / expected).toBeCloseTo(1, 1);
  });

  test('a 95 % interval of the mean covers the truth in about 95 % of data sets', () => {
    const dataSets = 400;
    let covered = 0;
    for (let dataSet = 0; dataSet < dataSets; dataSet++) {
      const stream = createRandomStream(7, dataSet, 'values', 0);
      const values = Array.from({ length: 60 }, () => stream.nextExponential(2));
      const [means] = bootstrapClusters([meanOf(values)], {
        clusters: 60,
        resamples: 300,
        seed: dataSet,
      });
      const interval = percentileInterval(means);
      if (interval !== null && interval[0] <= 2 && 2 <= interval[1]) covered++;
    }
    expect(covered / dataSets).toBeGreaterThan(0.88);
    expect(covered / dataSets).toBeLessThan(0.98);
  });

  test('no cluster or no resample is refused', () => {
    expect(() => bootstrapClusters([], { clusters: 0, resamples: 1, seed: 1 })).toThrow(RangeError);
  });
});

describe('percentileInterval', () => {
  test('of 0 to 1000 is 25 to 975', () => {
    const interval = percentileInterval(Array.from({ length: 1001 }, (_, i) => i));
    expect(interval?.[0]).toBeCloseTo(25, 9);
    expect(interval?.[1]).toBeCloseTo(975, 9);
  });

  test('a statistic without a value in more than a tenth of the resamples has no interval', () => {
    expect(percentileInterval([1, 2, 3, 4, Number.NaN])).toBeNull();
    expect(percentileInterval([])).toBeNull();
  });
});
