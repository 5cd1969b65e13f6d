import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockingProbability } from '@/simulations/analytic/erlang-b';

/** aᶜ/c! ÷ Σ aᵏ/k!, term by term. */
function byFactorials(servers: number, offered: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= servers; k++) {
    term *= offered / k;
    sum += term;
  }
  return term / sum;
}

describe('blockingProbability', () => {
  test('is the quotient of Erlang’s series', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.double({ min: 0.01, max: 80, noNaN: true }),
        (c, a) => {
          expect(blockingProbability(c, a) / byFactorials(c, a)).toBeCloseTo(1, 10);
        },
      ),
    );
  });

  test('falls with every server and rises with load', () => {
    for (let c = 1; c < 300; c++) {
      expect(blockingProbability(c, 90)).toBeLessThan(blockingProbability(c - 1, 90));
      expect(blockingProbability(c, 91)).toBeGreaterThan(blockingProbability(c, 90));
    }
  });

  test('loses everybody without a server, nobody without load, the excess in heavy overload', () => {
    expect(blockingProbability(0, 3)).toBe(1);
    expect(blockingProbability(3, 0)).toBe(0);
    expect(blockingProbability(100, 100_000)).toBeCloseTo(0.999, 5);
  });
});
