import { describe, expect, test } from 'vitest';
import { createRandomStream } from '@/lib/stats/random-stream';
import { averagePaths, findWarmUpPoints } from '@/simulations/measure/warm-up';

const noise = (seed: number, length: number) => {
  const stream = createRandomStream(seed, 0, 'noise', 0);
  return Float64Array.from({ length }, () => stream.nextNormal());
};

describe('findWarmUpPoints', () => {
  test('cuts the transient off a path that climbs to a plateau, and leaves the plateau', () => {
    const path = noise(1, 320).map((value, i) => value + (i < 60 ? i - 50 : 10));
    const cut = findWarmUpPoints(path);
    const kept = path.subarray(cut);
    expect(cut).toBeGreaterThanOrEqual(50);
    expect(kept.reduce((sum, value) => sum + value, 0) / kept.length).toBeCloseTo(10, 0);
    expect(path.reduce((sum, value) => sum + value, 0) / 320).toBeLessThan(8);
  });

  test('never cuts more than half, even of a path that climbs to its end', () => {
    expect(findWarmUpPoints(Float64Array.from({ length: 320 }, (_, i) => i))).toBe(160);
  });

  test('cuts nothing off a constant path', () => {
    expect(findWarmUpPoints(new Float64Array(320).fill(3))).toBe(0);
  });
});

describe('averagePaths', () => {
  test('averages point by point', () => {
    const paths = [Float64Array.of(1, 2, 9), Float64Array.of(3, 6, 9)];
    expect(Array.from(averagePaths(paths, 2))).toEqual([2, 4]);
  });
});
