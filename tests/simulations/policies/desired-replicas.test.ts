import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { desiredReplicas } from '@/simulations/policies/desired-replicas';

describe('desiredReplicas', () => {
  const demand = { currentReplicas: 10, target: 100, tolerance: 0.1 };

  test.each([
    [90, 10, 'the lower edge of the tolerance'],
    [110.0001, 12, 'just above it, rounded up'],
    [89.9999, 9, 'just below it, rounded up'],
    [0, 0, 'no load at all'],
    [1_000, 100, 'ten times the target'],
  ])('at a metric of %d wants %d: %s', (metric, expected) => {
    expect(desiredReplicas({ ...demand, metric })).toBe(expected);
  });

  test('brings the metric to its target or below, with one replica to spare at most', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        (currentReplicas, ratio) => {
          const wanted = desiredReplicas({
            currentReplicas,
            metric: ratio,
            target: 1,
            tolerance: 0,
          });
          expect(wanted).toBeGreaterThanOrEqual(currentReplicas * ratio * (1 - 1e-12));
          expect(wanted - 1).toBeLessThan(currentReplicas * ratio);
        },
      ),
    );
  });

  test.each([
    { currentReplicas: -1 },
    { currentReplicas: 1.5 },
    { metric: Number.NaN },
    { target: 0 },
    { tolerance: -0.1 },
  ])('refuses %j', (wrong) => {
    expect(() => desiredReplicas({ ...demand, metric: 50, ...wrong })).toThrow(RangeError);
  });
});
