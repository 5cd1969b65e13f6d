import { describe, expect, test } from 'vitest';
import { tailShare } from '@/simulations/analytic/tail-share';

describe('tailShare', () => {
  const orders = [0, 0.3, 0.9, 0.99];

  test('is 1 − p where all values are alike', () => {
    const points = orders.map((probability) => ({ probability, value: 5 }));
    for (const p of [0, 0.2, 0.3, 0.95, 0.999]) expect(tailShare(points, p)).toBeCloseTo(1 - p, 12);
  });

  test('is (1 − p)^(1 − k) for a Pareto law, wherever its points lie', () => {
    const points = orders.map((probability) => ({ probability, value: (1 - probability) ** -0.6 }));
    for (const p of [0, 0.2, 0.3, 0.95, 0.999]) {
      expect(tailShare(points, p)).toBeCloseTo((1 - p) ** 0.4, 12);
    }
  });

  test('is not known where the mean of the tail is infinite', () => {
    const points = orders.map((probability) => ({ probability, value: (1 - probability) ** -1.2 }));
    expect(tailShare(points, 0.5)).toBeNull();
  });

  test('passes a segment that goes with 1/(1 − p)', () => {
    const points = [
      { probability: 0, value: 1 },
      { probability: 0.5, value: 2 },
      { probability: 0.75, value: 2 },
    ];
    expect(tailShare(points, 0.5)).toBeCloseTo(1 / (Math.LN2 + 1), 10);
  });

  test.each([
    [[{ probability: 0, value: 1 }]],
    [[0.1, 0.5].map((probability) => ({ probability, value: 1 }))],
    [[0, 0.5, 0.5].map((probability) => ({ probability, value: 1 }))],
    [[0, 1].map((probability) => ({ probability, value: 1 }))],
    [[0, 0.5].map((probability) => ({ probability, value: 1 - probability }))],
    [[0, 0.5].map((probability) => ({ probability, value: 0 }))],
  ])('refuses %j', (points) => {
    expect(() => tailShare(points, 0.5)).toThrow(RangeError);
  });
});
