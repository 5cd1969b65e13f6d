import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveTtlCache } from '@/simulations/analytic/ttl-cache';

describe('solveTtlCache', () => {
  const amount = fc.double({ min: 0.001, max: 100, noNaN: true });

  test('answers every request in one way: from the entry, by waiting, or by a call', () => {
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        fc.boolean(),
        (rate, ttlSec, fetchSec, isSingleFlight) => {
          const state = solveTtlCache({
            requestRatePerSec: rate,
            ttlSec,
            fetchSec,
            isSingleFlight,
          });
          const called = state.originRatePerSec / rate;
          expect(state.hitRatio + state.waitRatio + called).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  test('single flight takes the stampede off the origin and leaves the hits', () => {
    const cache = { requestRatePerSec: 100, ttlSec: 60, fetchSec: 3 };
    const stampede = solveTtlCache({ ...cache, isSingleFlight: false });
    const single = solveTtlCache({ ...cache, isSingleFlight: true });
    expect(stampede.originCallsPerExpiry).toBe(301);
    expect(single.originCallsPerExpiry).toBe(1);
    expect(single.hitRatio).toBe(stampede.hitRatio);
  });

  test('misses all without a life, and has no hits without requests', () => {
    const cache = { requestRatePerSec: 5, ttlSec: 0, fetchSec: 0, isSingleFlight: true };
    expect(solveTtlCache(cache)).toMatchObject({ hitRatio: 0, originRatePerSec: 5 });
    expect(solveTtlCache({ ...cache, requestRatePerSec: 0, ttlSec: 9 }).hitRatio).toBe(0);
  });
});
