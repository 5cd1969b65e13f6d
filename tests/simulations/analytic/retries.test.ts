import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveRetries } from '@/simulations/analytic/retries';

describe('solveRetries', () => {
  test('adds up attempt by attempt', () => {
    const p = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(p, fc.integer({ min: 1, max: 30 }), (failureProbability, attemptsMax) => {
        let attempts = 0;
        let reached = 1;
        for (let n = 0; n < attemptsMax; n++) {
          attempts += reached;
          reached *= failureProbability;
        }
        const outcome = solveRetries(failureProbability, attemptsMax);
        expect(outcome.attemptsPerRequest).toBeCloseTo(attempts, 9);
        expect(outcome.successProbability).toBeCloseTo(1 - reached, 12);
      }),
    );
  });

  test('never ends where all fail and none is the last', () => {
    expect(solveRetries(1, Infinity)).toEqual({
      attemptsPerRequest: Infinity,
      successProbability: 0,
    });
    expect(solveRetries(1, 3)).toEqual({ attemptsPerRequest: 3, successProbability: 0 });
    expect(solveRetries(0.75, Infinity)).toEqual({ attemptsPerRequest: 4, successProbability: 1 });
  });
});
