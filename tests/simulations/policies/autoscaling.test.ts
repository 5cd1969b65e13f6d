import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { createKernel, startLoad } from '@/simulations/engine/create-kernel';
import { Scenario } from '@/simulations/scenario/scenario';
import { knownModels, type ScenarioLiteral } from '../assert-known-result';
import { parameterOf } from '../known-results';

/** A kernel that is played on, and the first station of its scenario. */
function start(literal: ScenarioLiteral, seed = 1) {
  const scenario = Scenario.parse({ plimsoll: 1, name: 'autoscaler', ...literal });
  const kernel = createKernel(compileScenario(scenario), seed, 0);
  startLoad(kernel);
  const [station] = kernel.stations;
  const { statistics } = station;
  const counter = (name: string) => {
    station.account();
    return statistics.counters[statistics.counterNames.indexOf(name)];
  };
  /** Replicas that are paid for in the second before a time. */
  const replicasAt = (atSec: number) => {
    kernel.advanceTo(atSec - 1, 1e7);
    const before = counter('replicaSec');
    kernel.advanceTo(atSec, 1e7);
    return counter('replicaSec') - before;
  };
  return { kernel, station, statistics, counter, replicasAt };
}

/** Workers who never end, so that the messages that wait are known. */
const backlog = (workers: number, waiting: number, autoscaler: object): ScenarioLiteral => ({
  horizonSec: 1e6,
  resources: {
    queue: {
      kind: 'queue',
      workers,
      program: [{ delay: 1e9 }],
      autoscaler: { metric: 'waitingPerReplica', target: 100, min: 1, max: 100, ...autoscaler },
    },
  },
  classes: {
    publisher: {
      arrivals: { kind: 'burst', sessions: workers + waiting },
      program: [{ publish: 'queue' }],
    },
  },
});

describe('steps of the Kubernetes autoscaler', () => {
  test.for(knownModels('Q1'))('%s', ([model, rows]) => {
    const workers = parameterOf(model, 'current');
    const { replicasAt } = start(
      backlog(workers, workers * parameterOf(model, 'metric'), {
        target: parameterOf(model, 'target'),
        tolerance: parameterOf(model, 'tol'),
        scaleDownStabilizationSec: 0,
      }),
    );
    expect(replicasAt(15)).toBeCloseTo(workers, 9);
    // Not more than 4 or 100 % at once: 3 become 7, though 8 are wanted.
    const most = Math.max(workers + 4, 2 * workers);
    expect(replicasAt(16)).toBeCloseTo(Math.min(rows[0].value, most), 9);
  });

  test('scales down to the highest recommendation of 300 s', () => {
    const { replicasAt, counter } = start(backlog(10, 500, {}));
    expect(replicasAt(299)).toBeCloseTo(10, 9);
    expect(replicasAt(301)).toBeCloseTo(5, 9);
    expect([counter('scaleUps'), counter('scaleDowns')]).toEqual([0, 1]);
  });

  test('adds at most 4 replicas or 100 % per 15 s, however often it looks', () => {
    const { replicasAt } = start(backlog(1, 1e4, { syncSec: 5 }));
    const seen = [4, 6, 11, 16, 19, 21, 34, 36].map((atSec) => Math.round(replicasAt(atSec)));
    // 1 + 4 at 5 s; the next period begins at 20 s: 5 + 5; then at 35 s.
    expect(seen).toEqual([1, 5, 5, 5, 5, 10, 10, 20]);
  });

  test('keeps to its limits', () => {
    expect(start(backlog(10, 1e4, { max: 13 })).replicasAt(100)).toBeCloseTo(13, 9);
    const low = backlog(10, 0, { min: 4, scaleDownStabilizationSec: 0 });
    expect(start(low).replicasAt(100)).toBeCloseTo(4, 9);
  });

  test('a replica is paid for from the decision on, and works after its start-up', () => {
    const { kernel, statistics, replicasAt } = start(backlog(10, 2_000, { startUpSec: 20 }));
    expect(replicasAt(34)).toBeCloseTo(20, 9);
    expect(statistics.inUse).toBe(10);
    kernel.advanceTo(36, 1e6);
    expect(statistics.inUse).toBe(20);
  });

  test('acts on a metric as old as it is', () => {
    const { replicasAt } = start(backlog(10, 2_000, { metricLagSec: 40 }));
    expect(replicasAt(54)).toBeCloseTo(10, 9);
    expect(replicasAt(56)).toBeCloseTo(20, 9);
  });
});

describe('what is scaled', () => {
  const busyPool = (discipline: 'fifo' | 'sharing', autoscaler: object): ScenarioLiteral => ({
    horizonSec: 1_000,
    resources: {
      pool: {
        kind: 'pool',
        slots: 10,
        discipline,
        autoscaler: { metric: 'utilization', target: 0.6, min: 1, max: 10, ...autoscaler },
      },
    },
    classes: {
      agent: {
        arrivals: { kind: 'closed', agents: 18, start: 'together' },
        program: [{ use: 'pool', forSec: { law: 'exponential', mean: 1 } }],
      },
    },
  });

  test.for(['fifo', 'sharing'] as const)('a %s pool by its utilisation', (discipline) => {
    const { kernel, statistics, replicasAt } = start(busyPool(discipline, {}));
    // 18 of 10 slots ask for 2 replicas, 18 of 20 for 3, and 18 of 30 are the target.
    expect(replicasAt(29)).toBeCloseTo(2, 9);
    expect(replicasAt(31)).toBeCloseTo(3, 9);
    expect(statistics.slots).toBe(30);
    kernel.advanceTo(900, 1e7);
    expect(statistics.slots).toBe(30);
  });

  test('replicas that start count as idle, so that they are not asked for twice', () => {
    const { replicasAt, statistics } = start(busyPool('fifo', { startUpSec: 100 }));
    expect(replicasAt(110)).toBeCloseTo(2, 9);
    expect(statistics.slots).toBe(10);
    // Ready at 115 s, its first whole period of 15 s ends at 135 s.
    expect(replicasAt(134)).toBeCloseTo(2, 9);
    expect(replicasAt(136)).toBeCloseTo(3, 9);
  });

  test('nodes, which are let go with their last socket', () => {
    const { kernel, statistics, replicasAt } = start({
      horizonSec: 1_000,
      resources: {
        nodes: {
          kind: 'nodes',
          nodes: 5,
          socketsPerNode: 4,
          autoscaler: {
            metric: 'inSystemPerReplica',
            target: 2,
            min: 1,
            max: 5,
            scaleDownStabilizationSec: 0,
          },
        },
      },
      classes: {
        short: {
          arrivals: { kind: 'burst', sessions: 5 },
          program: [{ use: 'nodes', forSec: 20 }],
        },
        long: {
          arrivals: { kind: 'burst', sessions: 5 },
          program: [{ use: 'nodes', forSec: 100 }],
        },
      },
    });
    // Ten sockets on five nodes are the target; five are it for three nodes.
    expect(replicasAt(29)).toBeCloseTo(5, 9);
    expect(replicasAt(31)).toBeCloseTo(3, 9);
    kernel.advanceTo(99, 1e6);
    expect(statistics.slots).toBe(20);
    kernel.advanceTo(101, 1e6);
    expect(kernel.sessions.statistics[1].succeeded).toBe(5);
    expect(statistics.slots).toBe(12);
    expect(replicasAt(121)).toBeCloseTo(1, 9);
    expect(statistics.slots).toBe(4);
  });
});

test('stays within its limits and its step, and serves every message', () => {
  const policy = fc.record({
    metric: fc.constantFrom('utilization' as const, 'waitingPerReplica' as const),
    target: fc.constantFrom(0.5, 0.8),
    min: fc.integer({ min: 1, max: 3 }),
    max: fc.integer({ min: 3, max: 12 }),
    scaleDownStabilizationSec: fc.constantFrom(0, 60),
    startUpSec: fc.constantFrom(0, { law: 'exponential' as const, mean: 30 }),
    metricLagSec: fc.constantFrom(0, 7, 40),
  });
  fc.assert(
    fc.property(policy, fc.nat(1_000), (autoscaler, seed) => {
      const { statistics, replicasAt } = start(
        {
          horizonSec: 2_000,
          resources: {
            queue: {
              kind: 'queue',
              workers: 2,
              program: [{ delay: { law: 'exponential', mean: 2 } }],
              autoscaler,
            },
          },
          classes: {
            publisher: {
              arrivals: { kind: 'spike', basePerSec: 0.5, peakPerSec: 5, atSec: 100, forSec: 200 },
              program: [{ publish: 'queue', wait: true }],
            },
          },
        },
        seed,
      );
      let before = Math.min(Math.max(2, autoscaler.min), autoscaler.max);
      for (let period = 1; period <= 80; period++) {
        const replicas = replicasAt(15 * period + 14.5); // after the one decision of the period
        expect(replicas).toBeGreaterThanOrEqual(autoscaler.min - 1e-9);
        expect(replicas).toBeLessThanOrEqual(autoscaler.max + 1e-9);
        expect(replicas).toBeLessThanOrEqual(Math.max(2 * before, before + 4) + 1e-9);
        before = replicas;
        expect(statistics.inUse).toBeLessThanOrEqual(statistics.slots);
      }
      const [published, worked] = statistics.counters;
      expect(published - worked).toBe(statistics.inUse + statistics.waiting);
    }),
    { numRuns: 15 },
  );
});
