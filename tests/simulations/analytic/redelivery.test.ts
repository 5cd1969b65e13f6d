import { describe, expect, test } from 'vitest';
import { solveRedelivery } from '@/simulations/analytic/redelivery';

describe('solveRedelivery', () => {
  test('redelivers half the messages at a timeout of the median, and all at none', () => {
    const half = { visibilityTimeoutSec: 30 * Math.LN2, workSecMean: 30, receivesMax: 3 };
    expect(solveRedelivery(half).redeliveryProbability).toBeCloseTo(0.5, 12);
    expect(solveRedelivery(half).deadLetterProbability).toBeCloseTo(0.125, 12);
    expect(solveRedelivery({ ...half, visibilityTimeoutSec: 0 }).deadLetterProbability).toBe(1);
  });
});
