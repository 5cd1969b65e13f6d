import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { createKernel, startLoad } from '@/simulations/engine/create-kernel';
import type { Kernel } from '@/simulations/engine/kernel';
import { taskState } from '@/simulations/engine/op';
import { SampleSketch } from '@/simulations/measure/sample-sketch';
import { Discipline, type PoolResource } from '@/simulations/scenario/resource';
import { Scenario } from '@/simulations/scenario/scenario';

const seconds = fc.constantFrom(0.1, 0.5, 1, 3);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const exponential = (mean: number) => ({ law: 'exponential' as const, mean });

const admissions = fc.record(
  {
    maxWaiting: fc.integer({ min: 0, max: 12 }),
    shedAgeSec: seconds,
    dropExpired: fc.boolean(),
    adaptiveLimit: fc.record({
      kind: fc.constantFrom('aimd' as const, 'gradient' as const),
      initial: fc.integer({ min: 1, max: 20 }),
      targetSec: seconds,
    }),
  },
  { requiredKeys: [] },
);

const pools: fc.Arbitrary<PoolResource> = fc.record(
  {
    kind: fc.constant('pool' as const),
    slots: fc.integer({ min: 2, max: 5 }),
    discipline: fc.constantFrom(...Discipline.options),
    acquireTimeoutSec: seconds.map(exponential),
    admission: admissions,
    slowdownPerInUse: fc.constantFrom(0, 0.1),
    breakdowns: seconds.map((mean) => ({ upSec: exponential(3 * mean), repairSec: mean })),
    connectSec: seconds,
    maxLifetimeSec: fc.constantFrom(2, 5),
    idleReleaseSec: seconds,
    mode: fc.constantFrom('session' as const, 'transaction' as const),
  },
  { requiredKeys: ['kind', 'slots'] },
);

const faults = fc.array(
  fc.record(
    {
      atSec: fc.integer({ min: 0, max: 15 }),
      forSec: fc.constantFrom(1, 4),
      resource: fc.constant('pool'),
      latencyFactor: fc.constantFrom(0.5, 3),
      errorRate: fc.constantFrom(0, 0.5),
      outage: fc.constant(true as const),
      quotaFactor: fc.constantFrom(0, 0.5),
    },
    { requiredKeys: ['atSec', 'forSec', 'resource'] },
  ),
  { maxLength: 2 },
);

/** Sessions for 20 s, then time for all of them to end. */
const scenarios = fc
  .record({ pool: pools, faults, deadlineSec: optional(seconds), timeoutSec: optional(seconds) })
  .map(({ pool, faults, deadlineSec, timeoutSec }) => {
    const arrivals = {
      kind: 'spike' as const,
      basePerSec: 0,
      peakPerSec: 4,
      atSec: 0,
      forSec: 20,
    };
    const use = { use: 'pool', forSec: exponential(0.5) };
    const attempted = {
      attempt: 'call',
      steps: [use, use],
      timeoutSec: timeoutSec ?? 30,
      retry: { attempts: 2 },
    };
    return Scenario.parse({
      plimsoll: 1,
      name: 'anything',
      horizonSec: 500,
      resources: { pool },
      faults,
      classes: {
        used: { arrivals, program: [attempted], priority: 2 },
        held: {
          arrivals,
          program: [{ acquire: 'pool', units: 2 }, use, { delay: 0.2 }, { release: 'pool' }],
          ...(deadlineSec === undefined ? {} : { deadlineSec, atDeadline: 'cancelled' as const }),
        },
      },
    });
  });

function start(scenario: Scenario, seed: number): Kernel {
  const kernel = createKernel(compileScenario(scenario), seed, 0);
  startLoad(kernel);
  return kernel;
}

/** Waits of tasks that still wait, in s. */
function pendingWaitSec({ tasks, clock }: Kernel): number {
  let sum = 0;
  for (let task = 0; task < tasks.capacity; task++) {
    if (tasks.state[task] === taskState.waiting) sum += clock[0] - tasks.sinceSec[task];
  }
  return sum;
}

describe('a pool of any kind', () => {
  test('gives all back that it takes, and every session ends once', () => {
    fc.assert(
      fc.property(scenarios, fc.nat(1_000), (scenario, seed) => {
        const kernel = start(scenario, seed);
        kernel.advanceTo(500, 1e6);
        const [station] = kernel.stations;
        station.account();
        const { statistics } = station;
        expect(statistics.inUse).toBe(0);
        expect(statistics.waiting).toBe(0);
        for (const sessions of kernel.sessions.statistics) {
          const failed = sessions.failuresByCause.reduce((sum, count) => sum + count, 0);
          expect(sessions.started).toBe(sessions.succeeded + failed);
          expect(sessions.inProgress).toBe(0);
        }
        expect(kernel.tasks.size).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  test('waits add up to the time-weighted number of waiters', () => {
    fc.assert(
      fc.property(scenarios, fc.nat(1_000), (scenario, seed) => {
        const kernel = start(scenario, seed);
        kernel.advanceTo(500, 1e6);
        const [station] = kernel.stations;
        station.account();
        const { waitingIntegralSec, waitTotalSec } = station.statistics;
        expect(Math.abs(waitingIntegralSec - waitTotalSec)).toBeLessThan(
          1e-9 * (1 + waitingIntegralSec),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('every request is refused, waits until it is served or gives up, or waits still', () => {
    // Where a wait is counted when it ends; otherwise it is counted at the end of the stay.
    const counted = scenarios.filter(({ resources: { pool } }) => {
      const discipline = pool.kind === 'pool' ? pool.discipline : undefined;
      return discipline !== 'sharing' && discipline !== 'preemptive';
    });
    fc.assert(
      fc.property(counted, fc.nat(1_000), fc.nat(25), (scenario, seed, untilSec) => {
        const kernel = start(scenario, seed);
        kernel.advanceTo(untilSec, 1e6);
        const { statistics } = kernel.stations[0];
        const { causes } = kernel.compiled;
        const waited = new SampleSketch();
        for (const sketch of statistics.waitSecByClass) waited.merge(sketch.toState());
        const refused = ['queue_full', 'shed', 'error'].reduce(
          (sum, cause) => sum + statistics.failuresByCause[causes.indexOf(cause)],
          0,
        );
        const outages = statistics.failuresByCause[causes.indexOf('outage')];
        const left = statistics.requests - refused - waited.count - statistics.waiting;
        // An outage fails those who come and those who wait; a use of what is held is no request.
        const hasFaults = (scenario.faults ?? []).length > 0;
        if (hasFaults) expect(left).toBeLessThanOrEqual(outages);
        else expect(left).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  test('never has more slots in use than there are, nor waiters beside a slot that is free', () => {
    const unfailing = fc.record({ pool: pools, scenario: scenarios }).map(({ pool, scenario }) => {
      const { breakdowns: _, ...kept } = pool;
      return { ...scenario, faults: [], resources: { pool: kept } };
    });
    fc.assert(
      fc.property(unfailing, fc.nat(1_000), (scenario, seed) => {
        const kernel = start(scenario, seed);
        const { statistics } = kernel.stations[0];
        for (let atSec = 0.5; atSec < 30; atSec += 0.5) {
          kernel.advanceTo(atSec, 1e6);
          expect(statistics.inUse).toBeLessThanOrEqual(statistics.slots);
          // One slot may be free where the first waiter needs two.
          if (statistics.waiting > 0) {
            expect(statistics.inUse).toBeGreaterThanOrEqual(statistics.slots - 1);
          }
          expect(pendingWaitSec(kernel)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});
