import { describe, expect, test } from 'vitest';
import { blockingProbability } from '@/simulations/analytic/erlang-b';
import { meanWaitSec, waitProbability } from '@/simulations/analytic/erlang-c';
import { solveFixedTimeout } from '@/simulations/analytic/fixed-timeout';

describe('solveFixedTimeout', () => {
  test('is Erlang B where nobody waits at all', () => {
    const state = solveFixedTimeout({
      servers: 10,
      arrivalRatePerSec: 12,
      serviceTimeSec: 1,
      timeoutSec: 0,
    });
    expect(state.timeoutProbability).toBeCloseTo(blockingProbability(10, 12), 12);
    expect(state.waitSecMean).toBe(0);
  });

  test('is Erlang C where nobody times out', () => {
    const queue = { servers: 8, arrivalRatePerSec: 7.2, serviceTimeSec: 1 };
    const state = solveFixedTimeout({ ...queue, timeoutSec: 1_000 });
    expect(state.waitProbability).toBeCloseTo(waitProbability(8, 7.2), 12);
    expect(state.waitSecMean).toBeCloseTo(meanWaitSec(queue) ?? Number.NaN, 10);
    expect(state.timeoutProbability).toBeCloseTo(0, 12);
  });

  test('loses what the servers cannot take in deep overload, after nearly the whole timeout', () => {
    const state = solveFixedTimeout({
      servers: 100,
      arrivalRatePerSec: 2_000,
      serviceTimeSec: 1,
      timeoutSec: 50,
    });
    expect(state.timeoutProbability).toBeCloseTo(0.95, 10);
    expect(state.waitProbability).toBeCloseTo(1, 12);
    expect(state.waitSecMean).toBeCloseTo(50, 2);
  });

  test('has no seam where load meets capacity or the series ends', () => {
    const at = (arrivalRatePerSec: number) =>
      solveFixedTimeout({ servers: 10, arrivalRatePerSec, serviceTimeSec: 1, timeoutSec: 2 });
    for (const rate of [10, 9.95, 10.05]) {
      const [below, here, above] = [at(rate - 1e-6), at(rate), at(rate + 1e-6)];
      expect(here.waitSecMean).toBeCloseTo((below.waitSecMean + above.waitSecMean) / 2, 10);
      expect(here.timeoutProbability).toBeCloseTo(
        (below.timeoutProbability + above.timeoutProbability) / 2,
        10,
      );
    }
  });

  test('serves at most what the servers can do, at any load', () => {
    for (const arrivalRatePerSec of [1, 5, 9, 10, 11, 30, 300]) {
      const { timeoutProbability } = solveFixedTimeout({
        servers: 10,
        arrivalRatePerSec,
        serviceTimeSec: 1,
        timeoutSec: 0.7,
      });
      expect(arrivalRatePerSec * (1 - timeoutProbability)).toBeLessThan(10);
    }
  });
});
