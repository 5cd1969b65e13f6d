import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deterministicServiceWaitSec } from '@/simulations/analytic/crommelin';
import { meanWaitSec } from '@/simulations/analytic/erlang-c';
import { poissonWeights } from '@/simulations/analytic/poisson-distribution';
import { pollaczekKhinchineWaitSec } from '@/simulations/analytic/pollaczek-khinchine';

/** Wq/D = Σ P(Poisson(ka) ≥ kc) − (c/a)·P(Poisson(ka) ≥ kc + 1), by Spitzer's identity. */
function bySpitzer(servers: number, offered: number): number {
  let sum = 0;
  for (let k = 1; k < 5_000; k++) {
    const { first, probability } = poissonWeights(k * offered);
    let beyond = 0; // P(count ≥ kc + 1)
    const from = k * servers + 1 - first;
    for (let i = probability.length - 1; i >= Math.max(0, from); i--) beyond += probability[i];
    const at = probability[from - 1] ?? 0;
    const term = at + beyond - (servers / offered) * beyond;
    sum += term;
    if (at < 1e-16) break;
  }
  return sum;
}

describe('deterministicServiceWaitSec', () => {
  test.each([
    [1, 0.8],
    [2, 1.8],
    [3, 1.2],
    [8, 7.2],
    [25, 22],
  ])('with %d servers at %d erlangs is the series of Crommelin', (servers, offered) => {
    const waitSec = deterministicServiceWaitSec({
      servers,
      arrivalRatePerSec: offered,
      serviceTimeSec: 1,
    });
    expect(waitSec).toBeCloseTo(bySpitzer(servers, offered), 10);
  });

  test('with one server is Pollaczek–Khinchine at CV 0', () => {
    const queue = { arrivalRatePerSec: 3, serviceTimeSec: 0.33 };
    expect(deterministicServiceWaitSec({ ...queue, servers: 1 })).toBeCloseTo(
      pollaczekKhinchineWaitSec({ ...queue, serviceTimeCv: 0 }) ?? Number.NaN,
      9,
    );
  });

  test('waits less than with exponential service, more than half as long, up to many servers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0.8, max: 0.999, noNaN: true }),
        (servers, utilization) => {
          const queue = { servers, arrivalRatePerSec: servers * utilization, serviceTimeSec: 1 };
          const exponential = meanWaitSec(queue) ?? Number.NaN;
          const constant = deterministicServiceWaitSec(queue);
          expect(constant).toBeLessThan(exponential * (1 + 1e-9));
          expect(constant).toBeGreaterThan(exponential * 0.5 * (1 - 1e-9) - 1e-12);
        },
      ),
    );
  });

  test('is 0 without load and null at saturation', () => {
    expect(
      deterministicServiceWaitSec({ servers: 4, arrivalRatePerSec: 0, serviceTimeSec: 1 }),
    ).toBe(0);
    expect(
      deterministicServiceWaitSec({ servers: 4, arrivalRatePerSec: 4, serviceTimeSec: 1 }),
    ).toBeNull();
  });
});
