import { describe, expect, test } from 'vitest';
import { lawMoments } from '@/simulations/analytic/law-moments';
import type { Law } from '@/simulations/scenario/law';

/** Moments by the trapezium rule over a density on a grid. */
function integrate(density: (x: number) => number, from: number, to: number) {
  const steps = 400_000;
  const width = (to - from) / steps;
  let mass = 0;
  let first = 0;
  let second = 0;
  for (let i = 0; i <= steps; i++) {
    const x = from + i * width;
    const p = density(x) * (i === 0 || i === steps ? 0.5 : 1);
    mass += p;
    first += p * x;
    second += p * x * x;
  }
  const mean = first / mass;
  return { mean, variance: second / mass - mean * mean };
}

const bell = (mean: number, sd: number) => (x: number) => Math.exp(-0.5 * ((x - mean) / sd) ** 2);

describe('lawMoments', () => {
  test.each<readonly [Law, (x: number) => number, number, number]>([
    [{ law: 'normal', mean: 1, sd: 2, below: 'redraw' }, bell(1, 2), 0, 30],
    [{ law: 'normal', mean: 9, sd: 1, below: 'redraw' }, bell(9, 1), 0, 30],
    [
      { law: 'normal', mean: 1, sd: 2, below: 'reflect' },
      (x) => bell(1, 2)(x) + bell(-1, 2)(x),
      0,
      30,
    ],
    [{ law: 'weibull', mean: 1, shape: 2 }, (x) => x * Math.exp((-Math.PI * x * x) / 4), 0, 12],
    [{ law: 'pareto', min: 1, shape: 1, max: 9 }, (x) => x ** -2, 1, 9],
    [{ law: 'pareto', min: 1, shape: 2, max: 9 }, (x) => x ** -3, 1, 9],
    [{ law: 'pareto', min: 2, shape: 0.5, max: 9 }, (x) => x ** -1.5, 2, 9],
  ])('%j agrees with its integral', (law, density, from, to) => {
    const expected = integrate(density, from, to);
    const found = lawMoments(law);
    expect(found.mean / expected.mean).toBeCloseTo(1, 7);
    expect(found.variance / expected.variance).toBeCloseTo(1, 7);
    expect(found.scv).toBeCloseTo(found.variance / found.mean ** 2, 12);
  });

  test('a lognormal law has the same moments by each of its pairs', () => {
    // Median 1 and 99th percentile 10: mean e^(σ²/2) with σ = ln 10 / 2.326348.
    expect(lawMoments({ law: 'lognormal', median: 1, p99: 10 }).mean).toBeCloseTo(1.63205, 5);
    const { mean, scv } = lawMoments({ law: 'lognormal', median: 2, sigma: 0.8 });
    const same = lawMoments({ law: 'lognormal', mean, cv: Math.sqrt(scv) });
    expect(same.mean).toBeCloseTo(mean, 12);
    expect(same.scv).toBeCloseTo(scv, 12);
  });

  test('moments that diverge are infinite, and a ratio without meaning is not a number', () => {
    const infinite = Number.POSITIVE_INFINITY;
    expect(lawMoments({ law: 'pareto', min: 1, shape: 2 })).toEqual({
      mean: 2,
      variance: infinite,
      scv: infinite,
    });
    expect(lawMoments({ law: 'pareto', min: 1, shape: 1 }).mean).toBe(infinite);
    const half = { weight: 1, law: 1 };
    const mixed = lawMoments({
      law: 'mixture',
      of: [half, { weight: 1, law: { law: 'pareto', min: 1, shape: 1 } }],
    });
    expect(mixed).toEqual({ mean: infinite, variance: infinite, scv: Number.NaN });
    expect(lawMoments(0).scv).toBeNaN();
  });
});
