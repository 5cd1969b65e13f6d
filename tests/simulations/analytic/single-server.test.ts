import { describe, expect, test } from 'vitest';
import { meanWaitSec } from '@/simulations/analytic/erlang-c';
import { responseQuantileSec, solveSingleServer } from '@/simulations/analytic/single-server';

describe('solveSingleServer', () => {
  test('agrees with the sums over its geometric law', () => {
    const state = solveSingleServer({ arrivalRatePerSec: 3, serviceTimeSec: 0.3 });
    let mean = 0;
    let square = 0;
    for (let n = 0; n < 2_000; n++) {
      mean += n * 0.1 * 0.9 ** n;
      square += n * n * 0.1 * 0.9 ** n;
    }
    expect(state?.numberInSystem).toBeCloseTo(mean, 9);
    expect(state?.numberInSystemVariance).toBeCloseTo(square - mean * mean, 7);
  });

  test('is Erlang C with one server', () => {
    const queue = { arrivalRatePerSec: 3, serviceTimeSec: 0.3 };
    expect(solveSingleServer(queue)?.waitSec).toBeCloseTo(
      meanWaitSec({ ...queue, servers: 1 }) ?? Number.NaN,
      12,
    );
  });

  test('has the median of an exponential response time, and no steady state at ρ = 1', () => {
    const queue = { arrivalRatePerSec: 0.5, serviceTimeSec: 1 };
    expect(responseQuantileSec(queue, 0.5)).toBeCloseTo(2 * Math.LN2, 12);
    expect(responseQuantileSec(queue, 0)).toBeCloseTo(0, 15);
    expect(solveSingleServer({ arrivalRatePerSec: 1, serviceTimeSec: 1 })).toBeNull();
    expect(responseQuantileSec({ arrivalRatePerSec: 1, serviceTimeSec: 1 }, 0.5)).toBeNull();
  });
});
