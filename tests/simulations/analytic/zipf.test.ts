import { describe, expect, test } from 'vitest';
import { findHotRowLimit, zipfShares } from '@/simulations/analytic/zipf';

describe('zipfShares', () => {
  test('add up to 1, fall by rank as i^(−s), and are alike at exponent 0', () => {
    const shares = zipfShares(1_000, 0.8);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 13);
    expect(shares[0] / shares[9]).toBeCloseTo(10 ** 0.8, 10);
    expect([...zipfShares(4, 0)]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});

describe('findHotRowLimit', () => {
  test('gives the hottest row the first share', () => {
    const limit = findHotRowLimit({ rows: 1_000, exponent: 1, lockSec: 0.01 });
    expect(limit.hotRowShare).toBeCloseTo(zipfShares(1_000, 1)[0], 13);
  });

  test('multiplies one lock’s rate by the rows where all are alike', () => {
    const limit = findHotRowLimit({ rows: 50, exponent: 0, lockSec: 0.1 });
    expect(limit.saturationRatePerSec).toBeCloseTo(500, 10);
  });
});
