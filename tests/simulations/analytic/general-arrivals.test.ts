import { describe, expect, test } from 'vitest';
import { meanWaitSec, waitQuantileSec } from '@/simulations/analytic/erlang-c';
import {
  allenCunneenWaitQuantileSec,
  allenCunneenWaitSec,
  kingmanBoundSec,
} from '@/simulations/analytic/general-arrivals';
import { pollaczekKhinchineWaitSec } from '@/simulations/analytic/pollaczek-khinchine';
import { solveGammaArrivals } from '@/simulations/analytic/renewal-arrivals';

const pool = { servers: 8, arrivalRatePerSec: 7.2, serviceTimeSec: 1 };

describe('allenCunneenWaitSec', () => {
  test('is exact for M/M/c and for M/G/1', () => {
    expect(allenCunneenWaitSec({ ...pool, arrivalCv: 1, serviceTimeCv: 1 })).toBe(
      meanWaitSec(pool),
    );
    const single = { servers: 1, arrivalRatePerSec: 0.9, serviceTimeSec: 1 };
    expect(allenCunneenWaitSec({ ...single, arrivalCv: 1, serviceTimeCv: 1.5 })).toBeCloseTo(
      pollaczekKhinchineWaitSec({ ...single, serviceTimeCv: 1.5 }) ?? Number.NaN,
      12,
    );
  });

  test('has no wait where nothing varies, and none to give at saturation', () => {
    expect(allenCunneenWaitSec({ ...pool, arrivalCv: 0, serviceTimeCv: 0 })).toBe(0);
    const full = { ...pool, arrivalRatePerSec: 8, arrivalCv: 0, serviceTimeCv: 0 };
    expect(allenCunneenWaitSec(full)).toBeNull();
  });
});

describe('allenCunneenWaitQuantileSec', () => {
  test('is exact for M/M/c', () => {
    const markov = { ...pool, arrivalCv: 1, serviceTimeCv: 1 };
    for (const probability of [0.1, 0.5, 0.95, 0.99]) {
      expect(allenCunneenWaitQuantileSec(markov, probability)).toBeCloseTo(
        waitQuantileSec(pool, probability) ?? Number.NaN,
        10,
      );
    }
  });

  test('is within 5 % of the exact P99 for bursts in heavy traffic', () => {
    const queue = { servers: 1, arrivalRatePerSec: 0.95, serviceTimeSec: 1, arrivalCv: 2 };
    const state = solveGammaArrivals(queue);
    // P(W > t) = σ·exp(−μ(1 − σ)t) in GI/M/1.
    const exactSec =
      Math.log(Number(state?.waitProbability) / 0.01) * Number(state?.responseTimeSec);
    const approximateSec = allenCunneenWaitQuantileSec({ ...queue, serviceTimeCv: 1 }, 0.99);
    expect(Math.abs(Number(approximateSec) / exactSec - 1)).toBeLessThan(0.05);
  });

  test('has none to give at saturation', () => {
    const full = { ...pool, arrivalRatePerSec: 8, arrivalCv: 1, serviceTimeCv: 1 };
    expect(allenCunneenWaitQuantileSec(full, 0.5)).toBeNull();
  });
});

describe('kingmanBoundSec', () => {
  test('is above the wait of M/G/1 and nears it as ρ nears 1', () => {
    for (const utilization of [0.3, 0.9, 0.999]) {
      const queue = { arrivalRatePerSec: utilization, serviceTimeSec: 1, serviceTimeCv: 2 };
      const exact = Number(pollaczekKhinchineWaitSec(queue));
      const bound = Number(kingmanBoundSec({ ...queue, servers: 1, arrivalCv: 1 }));
      expect(bound).toBeGreaterThan(exact);
      if (utilization > 0.99) expect(bound / exact).toBeLessThan(1.001);
    }
  });

  test('is for one server, and for a load below it', () => {
    expect(() => kingmanBoundSec({ ...pool, arrivalCv: 1, serviceTimeCv: 1 })).toThrow(RangeError);
    const full = { servers: 1, arrivalRatePerSec: 2, serviceTimeSec: 1 };
    expect(kingmanBoundSec({ ...full, arrivalCv: 1, serviceTimeCv: 1 })).toBeNull();
  });
});
