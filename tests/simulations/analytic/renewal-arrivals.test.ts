import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kingmanBoundSec } from '@/simulations/analytic/general-arrivals';
import { solveGammaArrivals } from '@/simulations/analytic/renewal-arrivals';
import { solveSingleServer } from '@/simulations/analytic/single-server';

const load = fc.double({ min: 0.01, max: 0.995, noNaN: true });
const cv = fc.double({ min: 0.05, max: 6, noNaN: true });

describe('solveGammaArrivals', () => {
  test('is M/M/1 at CV 1', () => {
    const queue = { arrivalRatePerSec: 1.6, serviceTimeSec: 0.5 };
    expect(solveGammaArrivals({ ...queue, arrivalCv: 1 })?.waitSec).toBeCloseTo(
      solveSingleServer(queue)?.waitSec ?? Number.NaN,
      10,
    );
  });

  test('solves σ = exp(−(1 − σ)/ρ) for arrivals by the clock', () => {
    const state = solveGammaArrivals({ arrivalRatePerSec: 0.9, serviceTimeSec: 1, arrivalCv: 0 });
    const sigma = Number(state?.waitProbability);
    expect(Math.exp(-(1 - sigma) / 0.9)).toBeCloseTo(sigma, 12);
    expect(sigma).toBeGreaterThan(0.7);
  });

  test('solves σ = (1 + μ(1 − σ)·cv²/λ)^(−1/cv²)', () => {
    fc.assert(
      fc.property(load, cv, (utilization, arrivalCv) => {
        const state = solveGammaArrivals({
          arrivalRatePerSec: utilization,
          serviceTimeSec: 1,
          arrivalCv,
        });
        const sigma = Number(state?.waitProbability);
        const transform = (1 + ((1 - sigma) * arrivalCv ** 2) / utilization) ** -(arrivalCv ** -2);
        expect(transform).toBeCloseTo(sigma, 9);
        expect(sigma).toBeLessThan(1);
      }),
    );
  });

  test('stays below Kingman’s bound', () => {
    fc.assert(
      fc.property(load, cv, (utilization, arrivalCv) => {
        const queue = { arrivalRatePerSec: utilization, serviceTimeSec: 1, arrivalCv };
        const bound = kingmanBoundSec({ ...queue, servers: 1, serviceTimeCv: 1 });
        expect(solveGammaArrivals(queue)?.waitSec).toBeLessThanOrEqual(Number(bound) * (1 + 1e-9));
      }),
    );
  });

  test('has no steady state at ρ = 1 and no wait without arrivals', () => {
    const queue = { serviceTimeSec: 1, arrivalCv: 2 };
    expect(solveGammaArrivals({ ...queue, arrivalRatePerSec: 1 })).toBeNull();
    expect(solveGammaArrivals({ ...queue, arrivalRatePerSec: 0 })?.waitSec).toBe(0);
  });
});
