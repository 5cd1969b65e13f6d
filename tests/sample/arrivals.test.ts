import { mean, standardDeviation } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { sampleArrivals } from '@/lib/sample/arrivals';
import { createRandomStream } from '@/lib/stats/random-stream';

const stream = (seed: number) => createRandomStream(seed, 0, 'test arrivals', 0);

function gapsOf(arrivals: Float64Array): number[] {
  return Array.from(arrivals.subarray(1), (at, i) => at - (arrivals[i] ?? 0));
}

describe('sampleArrivals', () => {
  test.each([1, 1.5, 2.5, 4])('gaps have the asked coefficient of variation %d', (burstiness) => {
    const arrivals = sampleArrivals(
      { count: 200_000, hours: 6, burstiness, startMs: 0 },
      stream(11),
    );
    const gaps = gapsOf(arrivals);
    expect(Math.abs(standardDeviation(gaps) / mean(gaps) / burstiness - 1)).toBeLessThan(0.05);
  });

  test('arrivals ascend, fill the window and stay in it', () => {
    const startMs = Date.UTC(2026, 10, 2);
    const arrivals = sampleArrivals({ count: 500, hours: 30, burstiness: 2, startMs }, stream(3));
    expect(arrivals).toHaveLength(500);
    expect(gapsOf(arrivals).every((gap) => gap >= 0)).toBe(true);
    expect(arrivals[0]).toBeGreaterThanOrEqual(startMs);
    expect(arrivals[499]).toBeLessThanOrEqual(startMs + 30 * 3_600_000);
    expect(arrivals[499]).toBeGreaterThan(startMs + 26 * 3_600_000);
  });

  test('over whole days the afternoon is as busy as the day shape says', () => {
    const arrivals = sampleArrivals(
      { count: 100_000, hours: 240, burstiness: 1, startMs: 0 },
      stream(5),
    );
    const afternoon = arrivals.filter((at) => {
      const hour = (at / 3_600_000) % 24;
      return hour >= 8 && hour < 20;
    });
    // Half a day around the peak holds 1/2 + a/π of the arrivals, a = 0.6.
    expect(afternoon.length / 100_000).toBeCloseTo(0.5 + 0.6 / Math.PI, 2);
  });

  test.each([
    { count: -1, hours: 1, burstiness: 1 },
    { count: 1.5, hours: 1, burstiness: 1 },
    { count: 1, hours: 0, burstiness: 1 },
    { count: 1, hours: 1, burstiness: 0.5 },
    { count: 1, hours: 1, burstiness: Number.NaN },
  ])('refuses %o', (options) => {
    expect(() => sampleArrivals({ ...options, startMs: 0 }, stream(1))).toThrow(RangeError);
  });
});
