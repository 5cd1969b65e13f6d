import { describe, expect, test } from 'vitest';
import { solveBreakdowns } from '@/simulations/analytic/breakdowns';

describe('solveBreakdowns', () => {
  const queue = { arrivalRatePerSec: 0.6, serviceTimeSec: 1 };

  test('is M/M/1 where repair takes no time', () => {
    const state = solveBreakdowns({ ...queue, upSecMean: 50, downSecMean: 0 });
    expect(state?.availability).toBe(1);
    expect(state?.responseTimeSec).toBeCloseTo(2.5, 12);
  });

  test('is a slower M/M/1 where failures are many and short', () => {
    const state = solveBreakdowns({ ...queue, upSecMean: 3e-6, downSecMean: 1e-6 });
    expect(state?.responseTimeSec).toBeCloseTo(1 / (0.75 - 0.6), 4);
  });

  test('keeps the balance of its chain, solved state by state', () => {
    // States (n, up or down) below 120, swept until they rest.
    const [arrive, serve, fail, repair] = [0.5, 1, 0.05, 0.2];
    const size = 120;
    const up = new Float64Array(size + 1).fill(1 / size, 0, size);
    const down = new Float64Array(size + 1).fill(1 / size, 0, size);
    for (let sweep = 0; sweep < 6_000; sweep++) {
      for (let n = 0; n < size; n++) {
        const below = n > 0 ? arrive : 0;
        up[n] =
          (below * (up[n - 1] ?? 0) + serve * up[n + 1] + repair * down[n]) /
          (arrive + (n > 0 ? serve : 0) + fail);
        down[n] = (below * (down[n - 1] ?? 0) + fail * up[n]) / (arrive + repair);
      }
    }
    let total = 0;
    let mean = 0;
    for (let n = 0; n < size; n++) {
      total += up[n] + down[n];
      mean += n * (up[n] + down[n]);
    }
    const state = solveBreakdowns({
      arrivalRatePerSec: arrive,
      serviceTimeSec: 1 / serve,
      upSecMean: 1 / fail,
      downSecMean: 1 / repair,
    });
    expect(Number(state?.numberInSystem) / (mean / total)).toBeCloseTo(1, 8);
  });

  test('has no steady state where load exceeds the time the server is up', () => {
    expect(solveBreakdowns({ ...queue, upSecMean: 1, downSecMean: 1 })).toBeNull();
  });
});
