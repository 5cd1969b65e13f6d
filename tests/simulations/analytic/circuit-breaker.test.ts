import { describe, expect, test } from 'vitest';
import { callsUntilOpen } from '@/simulations/analytic/circuit-breaker';

describe('callsUntilOpen', () => {
  test('follows E(n) = (E(n − 1) + 1)/p', () => {
    for (const p of [0.05, 0.5, 0.97]) {
      let expected = 0;
      for (let n = 1; n <= 10; n++) {
        expected = (expected + 1) / p;
        expect(callsUntilOpen(p, n) / expected).toBeCloseTo(1, 11);
      }
    }
  });

  test('is at once where every call fails, and never where none does', () => {
    expect(callsUntilOpen(1, 5)).toBe(5);
    expect(callsUntilOpen(0, 5)).toBe(Infinity);
    expect(callsUntilOpen(1e-200, 5)).toBe(Infinity);
  });
});
