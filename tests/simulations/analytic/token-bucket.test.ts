import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  timeToFirstRejectSec,
  tokenBucketRejectProbability,
} from '@/simulations/analytic/token-bucket';

/** W(x) of Erlang's alternating series for M/D/1, good for short buckets only. */
function byErlang(load: number, burst: number): number {
  let sum = 0;
  for (let k = 0; k < burst; k++) {
    const y = load * (burst - 1 - k);
    let power = 1;
    for (let i = 1; i <= k; i++) power *= -y / i;
    sum += power * Math.exp(y);
  }
  return 1 - sum / (1 + load * sum);
}

describe('tokenBucketRejectProbability', () => {
  const reject = (load: number, burst: number) =>
    tokenBucketRejectProbability({ arrivalRatePerSec: load * 10, refillPerSec: 10, burst });

  test('agrees with Erlang’s series for work in M/D/1', () => {
    for (const load of [0.1, 0.5, 0.9, 1, 1.2, 3]) {
      for (const burst of [1, 2, 3, 6]) {
        expect(reject(load, burst), `${load} ${burst}`).toBeCloseTo(byErlang(load, burst), 10);
      }
    }
  });

  test('without room for two is a server without a queue', () => {
    expect(reject(0.8, 1)).toBeCloseTo(0.8 / 1.8, 12);
    expect(reject(5_000, 1)).toBeCloseTo(5_000 / 5_001, 12);
  });

  test('rejects what the refill cannot cover, and less with every token of burst', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 300, noNaN: true }),
        fc.integer({ min: 1, max: 400 }),
        (load, burst) => {
          const share = reject(load, burst);
          expect(share).toBeGreaterThanOrEqual(Math.max(0, 1 - 1 / load) - 1e-12);
          expect(share).toBeLessThan(1);
          expect(reject(load, burst + 1)).toBeLessThanOrEqual(share + 1e-12);
        },
      ),
    );
  });

  test('neither overflows nor misses in deep overload with a deep bucket', () => {
    expect(reject(150, 5_000)).toBeCloseTo(1 - 1 / 150, 12);
    expect(reject(1e6, 5_000)).toBeCloseTo(1 - 1e-6, 12);
    expect(reject(0.5, 5_000)).toBeCloseTo(0, 12);
    expect(reject(2, 1e12)).toBeCloseTo(0.5, 12);
    expect(reject(0.999, 1e12)).toBeCloseTo(0, 12);
  });

  test('balances accepted requests and tokens in a bucket of millions loaded exactly', () => {
    // The line of M/D/1 at ρ = 1 spreads evenly: π(0) → 1/(2·burst), P → 1/(2·burst).
    expect(reject(1, 1e6) * 2e6).toBeCloseTo(1, 4);
    expect(reject(1, 1e9) * 2e9).toBeCloseTo(1, 4);
  });
});

describe('timeToFirstRejectSec', () => {
  test('empties the bucket at the shortfall, and never below the refill', () => {
    expect(timeToFirstRejectSec({ burst: 100, refillPerSec: 5, demandPerSec: 25 })).toBe(5);
    expect(timeToFirstRejectSec({ burst: 100, refillPerSec: 5, demandPerSec: 5 })).toBe(Infinity);
  });
});
