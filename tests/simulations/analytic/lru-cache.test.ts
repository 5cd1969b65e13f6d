import { describe, expect, test } from 'vitest';
import { RandomStream } from '@/lib/stats/random-stream';
import { lruHitRatio } from '@/simulations/analytic/lru-cache';
import { zipfShares } from '@/simulations/analytic/zipf';

describe('lruHitRatio', () => {
  test('is the share of items held where all are alike', () => {
    expect(lruHitRatio(zipfShares(500, 0), 100)).toBeCloseTo(0.2, 10);
  });

  test('rises with capacity and with skew, from nothing to all', () => {
    const shares = zipfShares(300, 1);
    const ratios = [0, 1, 10, 100, 299, 300].map((capacity) => lruHitRatio(shares, capacity));
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
    expect([ratios[0], ratios[5]]).toEqual([0, 1]);
    expect(lruHitRatio(zipfShares(300, 1.3), 10)).toBeGreaterThan(ratios[2]);
  });

  test('counts an item nobody asks for as no item', () => {
    expect(lruHitRatio([0.5, 0.5, 0], 2)).toBe(1);
  });

  test('is within 2 % of a cache played through', () => {
    const shares = zipfShares(200, 0.8);
    const held = new Set<number>();
    const random = new RandomStream([7, 'lru']);
    let hits = 0;
    const requests = 60_000;
    for (let i = 0; i < requests; i++) {
      let item = 0;
      for (let u = random.nextFloat(); item < 199 && u >= shares[item]; item++) u -= shares[item];
      if (held.delete(item)) hits++;
      held.add(item);
      if (held.size > 40) held.delete(held.values().next().value ?? 0);
    }
    expect(Math.abs(hits / requests / lruHitRatio(shares, 40) - 1)).toBeLessThan(0.02);
  });
});
