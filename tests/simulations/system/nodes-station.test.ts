import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { createKernel, startLoad } from '@/simulations/engine/create-kernel';
import { Scenario } from '@/simulations/scenario/scenario';
import { NodesStation } from '@/simulations/system/nodes-station';
import {
  assertKnownResult,
  type KeptReplication,
  playReplications,
  type ScenarioLiteral,
} from '../assert-known-result';

const counters = ['crashes', 'connections', 'dropped'] as const;
const count = (kept: KeptReplication, name: (typeof counters)[number]) =>
  kept.station('nodes').counter(counters.indexOf(name));

const law = (mean: number) => ({ law: 'exponential', mean }) as const;

function playOnce(literal: ScenarioLiteral): KeptReplication {
  return playReplications(literal, { replications: 1, cutWindows: 0 })[0];
}

/** Two nodes of two sockets, one of which is lost from 10 to 20 s. */
const oneKilled = (program: readonly object[], sessions: number): ScenarioLiteral => ({
  horizonSec: 160,
  resources: { nodes: { kind: 'nodes', nodes: 2, socketsPerNode: 2 } },
  classes: {
    session: { arrivals: { kind: 'burst', sessions }, program: program as never },
  },
  faults: [{ atSec: 10, forSec: 10, resource: 'nodes', killNodes: 1 }],
});

describe('crash of a node', () => {
  test('fails the sessions that hold its sockets, and no others', () => {
    const kept = playOnce(oneKilled([{ acquire: 'nodes' }, { delay: 30 }], 4));
    // Sockets go to the node with the most free ones, so each node has two.
    expect(kept.sessions('session').failures('node_crashed')).toBe(2);
    expect(kept.sessions('session').sum('succeeded')).toBe(2);
    expect(counters.map((name) => count(kept, name))).toEqual([1, 4, 2]);
    expect(kept.sessions('session').sum('inProgressIntegralSec')).toBe(2 * 10 + 2 * 30);
  });

  test('lets a session resume at its checkpoint, where it connects anew', () => {
    const program = [{ delay: 5 }, { checkpoint: true }, { acquire: 'nodes' }, { delay: 30 }];
    const kept = playOnce(oneKilled(program, 2));
    // One on each node: who is dropped at 10 s resumes there and lasts until 40 s, not 35.
    expect(kept.sessions('session').sum('succeeded')).toBe(2);
    expect(kept.sessions('session').sum('inProgressIntegralSec')).toBe(35 + 40);
    expect(counters.map((name) => count(kept, name))).toEqual([1, 3, 1]);
  });

  test('fails the attempt that holds the socket, so that a retry connects again', () => {
    const program = [
      {
        attempt: 'connected',
        retry: { attempts: 'unlimited', delaySec: 1 },
        steps: [{ acquire: 'nodes' }, { delay: 30 }, { release: 'nodes' }],
      },
    ];
    const kept = playOnce(oneKilled(program, 4));
    expect(kept.sessions('session').sum('succeeded')).toBe(4);
    expect(kept.block('connected').failures('node_crashed')).toBe(2);
    // The other node is full until 20 s, when the lost one is back.
    expect(kept.block('connected').failures('queue_full')).toBeGreaterThan(0);
    expect(kept.sessions('session').sum('failedTurns')).toBe(0);
  });

  test('drops who is served there', () => {
    const kept = playOnce(oneKilled([{ use: 'nodes', forSec: 30 }], 4));
    expect(kept.sessions('session').failures('node_crashed')).toBe(2);
    expect(kept.station('nodes').sum('inUseIntegralSec')).toBe(4 * 10 + 2 * 20);
  });

  test('refuses what no node has room for', () => {
    const kept = playOnce({
      ...oneKilled([{ acquire: 'nodes', units: 2 }, { delay: 1 }], 3),
      faults: [],
    });
    expect(kept.sessions('session').failures('queue_full')).toBe(1);
  });
});

test('nodes that crash by themselves are up for up ÷ (up + down) of the time', () => {
  assertKnownResult(
    {
      horizonSec: 20_000,
      resources: {
        nodes: {
          kind: 'nodes',
          nodes: 5,
          socketsPerNode: 3,
          crashEverySec: law(40),
          restartSec: law(10),
        },
      },
      classes: {
        session: {
          arrivals: { kind: 'poisson', ratePerSec: 0.1 },
          program: [{ use: 'nodes', forSec: law(1) }],
        },
      },
    },
    [
      {
        quantity: 'sockets there',
        value: 15 * (40 / 50),
        measure: (kept) => kept.station('nodes').mean('slotsIntegralSec'),
      },
      {
        quantity: 'crashes per second',
        value: 5 / 50,
        measure: (kept) => count(kept, 'crashes') / kept.station('nodes').durationSec,
      },
    ],
    { replications: 10 },
  );
});

test('holds no more sockets than there are, loses none, and is as before when all is over', () => {
  const literal = (nodes: number, socketsPerNode: number): ScenarioLiteral => ({
    horizonSec: 200,
    resources: {
      nodes: { kind: 'nodes', nodes, socketsPerNode },
      pool: { kind: 'pool', slots: 2 },
    },
    classes: {
      session: {
        arrivals: {
          kind: 'profile',
          points: [
            { atSec: 0, ratePerSec: 3 },
            { atSec: 80, ratePerSec: 0 },
          ],
        },
        program: [
          { checkpoint: true },
          {
            attempt: 'connected',
            retry: { attempts: 3, delaySec: law(1) },
            steps: [{ acquire: 'nodes' }, { use: 'pool', forSec: law(0.3) }],
          },
          {
            parallel: [
              [{ use: 'nodes', forSec: law(1) }],
              [{ acquire: 'nodes', units: 2 }, { delay: law(1) }],
            ],
            join: 'first',
          },
          { release: 'nodes' },
          { delay: law(2) },
        ],
      },
    },
    faults: [
      { atSec: 10, forSec: 5, everySec: 12, resource: 'nodes', killNodes: 1 },
      { atSec: 50, forSec: 15, resource: 'nodes', killNodes: 2 },
      { atSec: 70, forSec: 3, resource: 'nodes', outage: true },
    ],
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 2, max: 6 }),
      fc.nat(1_000),
      (nodes, sockets, seed) => {
        const scenario = Scenario.parse({ plimsoll: 1, name: 'nodes', ...literal(nodes, sockets) });
        const kernel = createKernel(compileScenario(scenario), seed, 0);
        startLoad(kernel);
        const [station, pool] = kernel.stations;
        expect(station).toBeInstanceOf(NodesStation);
        const { statistics } = station;
        for (let step = 1; step <= 400; step++) {
          kernel.advanceTo(step / 2, 1e6);
          expect(statistics.inUse).toBeLessThanOrEqual(statistics.slots);
          expect(statistics.slots).toBeLessThanOrEqual(nodes * sockets);
        }
        expect(kernel.sessions.statistics[0].inProgress).toBe(0);
        expect(kernel.tasks.size).toBe(0);
        expect([statistics.inUse, pool.statistics.inUse, pool.statistics.waiting]).toEqual([
          0, 0, 0,
        ]);
        // The fault that comes every 12 s is over at 195 s at the latest.
        expect(statistics.slots).toBe(nodes * sockets);
      },
    ),
    { numRuns: 20 },
  );
});
