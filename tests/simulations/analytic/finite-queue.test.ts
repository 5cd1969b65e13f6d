import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockingProbability } from '@/simulations/analytic/erlang-b';
import { meanWaitSec } from '@/simulations/analytic/erlang-c';
import { solveFiniteQueue } from '@/simulations/analytic/finite-queue';

describe('solveFiniteQueue', () => {
  test('is Erlang B without a waiting room', () => {
    const state = solveFiniteQueue({
      servers: 10,
      capacity: 10,
      arrivalRatePerSec: 12,
      serviceTimeSec: 1,
    });
    expect(state.rejectProbability).toBeCloseTo(blockingProbability(10, 12), 12);
    expect(state.waitSec).toBe(0);
  });

  test('is M/M/c as the waiting room grows', () => {
    const queue = { servers: 8, arrivalRatePerSec: 7.2, serviceTimeSec: 1 };
    const state = solveFiniteQueue({ ...queue, capacity: 100_000 });
    expect(state.rejectProbability).toBe(0);
    expect(state.waitSec).toBeCloseTo(meanWaitSec(queue) ?? Number.NaN, 10);
  });

  test('spreads evenly over a line of one server loaded exactly', () => {
    const state = solveFiniteQueue({
      servers: 1,
      capacity: 9,
      arrivalRatePerSec: 2,
      serviceTimeSec: 0.5,
    });
    expect(state.rejectProbability).toBeCloseTo(0.1, 12);
    expect(state.numberInSystem).toBeCloseTo(4.5, 12);
  });

  test('keeps throughput below load and capacity, and Little’s law', () => {
    const rate = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 200 }),
        rate,
        (servers, room, arrivalRatePerSec) => {
          const state = solveFiniteQueue({
            servers,
            capacity: servers + room,
            arrivalRatePerSec,
            serviceTimeSec: 0.7,
          });
          const limit = Math.min(arrivalRatePerSec, servers / 0.7);
          expect(state.throughputPerSec).toBeLessThanOrEqual(limit * (1 + 1e-9));
          expect(state.responseTimeSec).toBeCloseTo(state.waitSec + 0.7, 8);
        },
      ),
    );
  });
});
