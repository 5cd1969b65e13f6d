import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TokenBuckets } from '@/simulations/system/token-buckets';

const shape = fc.record({
  ratePerSec: fc.double({ min: 0.01, max: 1e5, noNaN: true }),
  burst: fc.double({ min: 1, max: 1e6, noNaN: true }),
});
const demand = fc.record({
  gapSec: fc.double({ min: 0, max: 100, noNaN: true }),
  amounts: fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 3, maxLength: 3 }),
});

describe('TokenBuckets', () => {
  test('a bucket is full at time 0, refills steadily and holds no more than its burst', () => {
    const clock = new Float64Array(1);
    const buckets = new TokenBuckets(clock, [{ ratePerSec: 2, burst: 10 }]);
    buckets.need[0] = 10;
    expect(buckets.findLimit()).toBe(-1);
    buckets.take();
    expect(buckets.findLimit()).toBe(0);
    expect(buckets.roomAfterSec[0]).toBe(5);
    clock[0] = 3;
    buckets.refill();
    expect(buckets.level[0]).toBe(6);
    clock[0] = 100;
    buckets.refill();
    expect(buckets.level[0]).toBe(10);
  });

  test('the bucket that has room last is the limit, and says when', () => {
    const buckets = new TokenBuckets(new Float64Array(1), [
      { ratePerSec: 1, burst: 5 },
      { ratePerSec: 0.1, burst: 5 },
      { ratePerSec: 9, burst: 50 },
    ]);
    buckets.need.set([5, 5, 5]);
    buckets.take();
    buckets.need.set([2, 1, 50]);
    expect(buckets.findLimit()).toBe(1);
    expect(buckets.roomAfterSec[0]).toBeCloseTo(10, 12);
  });

  test('what is more than a full bucket never finds room', () => {
    const buckets = new TokenBuckets(new Float64Array(1), [{ ratePerSec: 1, burst: 5 }]);
    buckets.need[0] = 5.01;
    expect(buckets.findLimit()).toBe(0);
    expect(buckets.roomAfterSec[0]).toBe(Number.POSITIVE_INFINITY);
  });

  test('a level below 0 admits nothing until it has come back', () => {
    const clock = new Float64Array(1);
    const buckets = new TokenBuckets(clock, [{ ratePerSec: 2, burst: 10 }]);
    buckets.put(0, -16);
    buckets.need[0] = 0;
    expect(buckets.findLimit()).toBe(0);
    expect(buckets.roomAfterSec[0]).toBe(3);
    clock[0] = 3;
    expect(buckets.findLimit()).toBe(-1);
  });

  test('a factor of 0 stops the refill, and a factor of 1 goes on with it', () => {
    const clock = new Float64Array(1);
    const buckets = new TokenBuckets(clock, [{ ratePerSec: 1, burst: 10 }]);
    buckets.need[0] = 10;
    buckets.take();
    buckets.scaleRates(0);
    clock[0] = 7;
    expect(buckets.findLimit()).toBe(0);
    expect(buckets.roomAfterSec[0]).toBe(Number.POSITIVE_INFINITY);
    buckets.scaleRates(1);
    clock[0] = 9;
    buckets.refill();
    expect(buckets.level[0]).toBe(2);
  });

  test('over any time a bucket admits at most its burst and what was refilled', () => {
    fc.assert(
      fc.property(
        fc.array(shape, { minLength: 3, maxLength: 3 }),
        fc.array(demand, { minLength: 1, maxLength: 60 }),
        (shapes, demands) => {
          const clock = new Float64Array(1);
          const buckets = new TokenBuckets(clock, shapes);
          const admitted: { atSec: number; amounts: number[] }[] = [];
          for (const { gapSec, amounts } of demands) {
            clock[0] += gapSec;
            buckets.need.set(amounts);
            if (buckets.findLimit() >= 0) continue;
            buckets.take();
            admitted.push({ atSec: clock[0], amounts });
          }
          shapes.forEach(({ ratePerSec, burst }, i) => {
            admitted.forEach((first, from) => {
              let total = 0;
              for (const { atSec, amounts } of admitted.slice(from)) {
                total += amounts[i];
                const most = burst + ratePerSec * (atSec - first.atSec);
                expect(total).toBeLessThanOrEqual(most + 1e-8 * (most + ratePerSec * atSec));
              }
            });
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  test('who waits as long as is said finds room then, at any age of the clock', () => {
    fc.assert(
      fc.property(
        shape,
        fc.double({ min: 0, max: 1e8, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (bucket, startSec, share) => {
          const clock = new Float64Array(1);
          const buckets = new TokenBuckets(clock, [bucket]);
          clock[0] = startSec;
          buckets.need[0] = bucket.burst;
          buckets.findLimit();
          buckets.take();
          buckets.need[0] = share * bucket.burst;
          buckets.findLimit();
          clock[0] += buckets.roomAfterSec[0];
          expect(buckets.findLimit()).toBe(-1);
        },
      ),
    );
  });
});
