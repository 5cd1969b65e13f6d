import { describe, expect, test } from 'vitest';
import { blockingProbability } from '@/simulations/analytic/erlang-b';
import { meanWaitSec, waitProbability } from '@/simulations/analytic/erlang-c';
import { singleServerOrbitSize, solveRetrials } from '@/simulations/analytic/retrial-queue';

describe('solveRetrials', () => {
  test.each([
    [0.5, 0.01],
    [0.9, 3],
    [0.97, 200],
  ])('with one server at ρ = %d and a delay of %d s is Falin and Templeton', (rate, delay) => {
    const queue = { arrivalRatePerSec: rate, serviceTimeSec: 1, retryDelaySec: delay };
    const orbit = Number(singleServerOrbitSize(queue));
    const state = solveRetrials({ ...queue, servers: 1 });
    expect(Number(state?.orbitSize) / orbit).toBeCloseTo(1, 8);
    expect(state?.firstRejectProbability).toBeCloseTo(rate, 9); // busy share of one server is ρ
  });

  test('is Erlang C as customers come back at once', () => {
    const queue = { servers: 6, arrivalRatePerSec: 5, serviceTimeSec: 1 };
    const state = solveRetrials({ ...queue, retryDelaySec: 1e-6 });
    expect(state?.firstRejectProbability).toBeCloseTo(waitProbability(6, 5), 4);
    expect(state?.orbitSize).toBeCloseTo(5 * (meanWaitSec(queue) ?? Number.NaN), 3);
  });

  test('keeps more customers out, the longer they stay away', () => {
    const orbit = [0.1, 1, 10, 100].map((retryDelaySec) =>
      Number(
        solveRetrials({ servers: 6, arrivalRatePerSec: 5, serviceTimeSec: 1, retryDelaySec })
          ?.orbitSize,
      ),
    );
    expect(orbit).toEqual([...orbit].sort((a, b) => a - b));
    expect(orbit[3]).toBeGreaterThan(100);
  });

  test('tries as often as a Poisson flow of all tries says, where customers stay away for long', () => {
    // Tries at rate r are lost with Erlang B; r·(1 − B(r)) = λ.
    let triesPerSec = 4;
    for (let step = 0; step < 500; step++) {
      triesPerSec = 3 / (1 - blockingProbability(6, triesPerSec));
    }
    const state = solveRetrials({
      servers: 6,
      arrivalRatePerSec: 3,
      serviceTimeSec: 1,
      retryDelaySec: 2_000,
    });
    expect(state?.triesPerCustomer).toBeCloseTo(triesPerSec / 3, 3);
  });

  test('has no steady state at saturation', () => {
    const full = { arrivalRatePerSec: 1, serviceTimeSec: 1, retryDelaySec: 1 };
    expect(solveRetrials({ ...full, servers: 1 })).toBeNull();
    expect(singleServerOrbitSize(full)).toBeNull();
  });
});
