import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { createKernel, startLoad } from '@/simulations/engine/create-kernel';
import { Scenario } from '@/simulations/scenario/scenario';
import { QueueStation } from '@/simulations/system/queue-station';
import {
  assertKnownResult,
  type KeptReplication,
  knownModels,
  playReplications,
  type ScenarioLiteral,
} from '../assert-known-result';

const counters = [
  'published',
  'worked',
  'receives',
  'redeliveries',
  'deadLetters',
  'duplicates',
  'oldestAge',
] as const;
const count = (kept: KeptReplication, name: (typeof counters)[number]) =>
  kept.station('queue').counter(counters.indexOf(name));

const law = (mean: number) => ({ law: 'exponential', mean }) as const;

function playOnce(literal: ScenarioLiteral): KeptReplication {
  return playReplications(literal, { replications: 1, cutWindows: 0 })[0];
}

function start(literal: ScenarioLiteral, seed: number) {
  const scenario = Scenario.parse({ plimsoll: 1, name: 'queue', ...literal });
  const kernel = createKernel(compileScenario(scenario), seed, 0);
  startLoad(kernel);
  const queue = kernel.stations[0];
  if (!(queue instanceof QueueStation)) throw new Error('The first station is a queue.');
  return { kernel, queue };
}

/** A queue whose publishers come one after another, at 0, 1, 2 … s, and wait. */
function waited(resource: object, program: readonly object[], atSec: number[]): ScenarioLiteral {
  return {
    horizonSec: 1_600,
    resources: { queue: { kind: 'queue', workers: 1, program, ...resource } as never },
    classes: {
      publisher: {
        arrivals: { kind: 'recorded', atSec },
        program: [{ publish: 'queue', wait: true }],
      },
    },
  };
}

describe('known results', () => {
  test.for(knownModels('V2'))('%s', ([model, [row]]) => {
    const maxReceives = /maxReceiveCount=(\d+)/.exec(model)?.[1];
    assertKnownResult(
      {
        horizonSec: maxReceives === undefined ? 3_000 : 8_000,
        resources: {
          queue: {
            kind: 'queue',
            workers: 1_000, // never all at work
            visibilityTimeoutSec: 60,
            program: [{ delay: law(30) }],
            ...(maxReceives === undefined ? {} : { maxReceives: Number(maxReceives) }),
          },
        },
        classes: {
          publisher: {
            arrivals: { kind: 'poisson', ratePerSec: 5 },
            program: [{ publish: 'queue' }],
          },
        },
      },
      [
        {
          quantity: row.quantity,
          value: row.value,
          measure: (kept) =>
            maxReceives === undefined
              ? count(kept, 'redeliveries') / count(kept, 'receives')
              : count(kept, 'deadLetters') / count(kept, 'published'),
          // Messages under way at both ends of what is kept: up to 60 s of 7,000.
          tolerance: 0.005 * row.value,
        },
      ],
      { replications: 10 },
    );
  });

  test('one worker without a visibility timeout is M/M/1', () => {
    assertKnownResult(
      {
        horizonSec: 8_000,
        resources: { queue: { kind: 'queue', workers: 1, program: [{ delay: law(1) }] } },
        classes: {
          publisher: {
            arrivals: { kind: 'poisson', ratePerSec: 0.6 },
            program: [{ publish: 'queue', wait: true }],
          },
        },
      },
      [
        {
          quantity: 'response time, 1/(μ − λ)',
          value: 2.5,
          measure: (kept) => kept.sessions('publisher').samples('responseSec').mean,
        },
        {
          quantity: 'wait, ρ/(μ − λ)',
          value: 1.5,
          measure: (kept) => kept.station('queue').samples('waitSecByClass').mean,
        },
        {
          quantity: 'busy workers, ρ',
          value: 0.6,
          measure: (kept) => kept.station('queue').mean('inUseIntegralSec'),
        },
      ],
      { replications: 10 },
    );
  });
});

describe('visibility', () => {
  test('a message that is worked too slowly is worked again, and only the last end is heard', () => {
    const kept = playOnce(
      waited({ workers: 3, visibilityTimeoutSec: 5, maxReceives: 2 }, [{ delay: 8 }], [0]),
    );
    // Received at 0 and 5, dead at 10; both works end unheard, at 8 and 13.
    expect(kept.sessions('publisher').failures('dead_letter')).toBe(1);
    expect(kept.sessions('publisher').sum('inProgressIntegralSec')).toBe(10);
    expect(counters.slice(0, 6).map((name) => count(kept, name))).toEqual([1, 0, 2, 1, 1, 2]);
    expect(kept.station('queue').sum('inUseIntegralSec')).toBe(16);
  });

  test('work that fails is done again at once, or at the visibility timeout where there is one', () => {
    const failing = [{ delay: 1 }, { fail: 'bug' }];
    const atOnce = playOnce(waited({ maxReceives: 3 }, failing, [0]));
    expect(atOnce.sessions('publisher').sum('inProgressIntegralSec')).toBe(3);
    const late = playOnce(waited({ maxReceives: 3, visibilityTimeoutSec: 10 }, failing, [0]));
    expect(late.sessions('publisher').sum('inProgressIntegralSec')).toBe(30);
    expect(count(late, 'duplicates')).toBe(0);
    expect(late.station('queue').sum('inUseIntegralSec')).toBe(3);
  });

  test('a publisher who does not wait goes on at once', () => {
    const kept = playOnce({
      horizonSec: 160,
      resources: { queue: { kind: 'queue', workers: 1, program: [{ delay: 5 }] } },
      classes: {
        publisher: { arrivals: { kind: 'burst', sessions: 3 }, program: [{ publish: 'queue' }] },
      },
    });
    expect(kept.sessions('publisher').sum('inProgressIntegralSec')).toBe(0);
    expect(count(kept, 'worked')).toBe(3);
    // The messages of age 0 to 5 and 0 to 10 s were first in line in turn: ∫ age = 10²/2.
    expect(count(kept, 'oldestAge')).toBeCloseTo(50, 9);
  });

  test('messages that come back in no time stop the run with a reason', () => {
    const { kernel } = start(waited({}, [{ fail: 'bug' }], [1]), 1);
    kernel.advanceTo(10, 1e7);
    expect(kernel.stopReason).toMatch(/come back in no time/);
  });
});

describe('capacity', () => {
  test('refuses what is beyond the messages it keeps', () => {
    const kept = playOnce(waited({ maxMessages: 2 }, [{ delay: 1 }], [0, 0, 0, 0, 0]));
    expect(kept.sessions('publisher').failures('queue_full')).toBe(2);
    expect(kept.sessions('publisher').samples('responseSec').mean).toBe((1 + 2 + 3) / 3);
  });

  test('workers beyond the partitions are idle', () => {
    const kept = playOnce(waited({ workers: 5, partitions: 2 }, [{ delay: 1 }], [0, 0, 0, 0]));
    expect(kept.sessions('publisher').samples('responseSec').mean).toBe((1 + 1 + 2 + 2) / 4);
  });

  test('a prefetched message waits behind the one that its worker works', () => {
    const kept = playOnce(waited({ workers: 2, prefetch: 2 }, [{ delay: 1 }], [0, 0.5, 0.6, 0.7]));
    // One each, then one more each, begun at 1 and 1.5 s; none was ever visible.
    expect(kept.sessions('publisher').samples('responseSec').mean).toBeCloseTo(
      (1 + 1 + 1.4 + 1.8) / 4,
      9,
    );
    expect(kept.station('queue').sum('waitingIntegralSec')).toBe(0);
  });
});

describe('invariants', () => {
  const stormy = (resource: object): ScenarioLiteral => ({
    horizonSec: 400,
    resources: {
      queue: {
        kind: 'queue',
        program: [{ delay: law(1) }, { fail: 'bug', probability: 0.1 }],
        ...resource,
      } as never,
    },
    classes: {
      publisher: {
        arrivals: {
          kind: 'profile',
          points: [
            { atSec: 0, ratePerSec: 5 },
            { atSec: 60, ratePerSec: 0 },
          ],
        },
        deadlineSec: 3,
        atDeadline: 'cancelled',
        program: [{ publish: 'queue', wait: true }],
      },
    },
    faults: [
      { atSec: 20, forSec: 10, resource: 'queue', quotaFactor: 0.3 },
      { atSec: 25, forSec: 10, resource: 'queue', errorRate: 0.5 },
      { atSec: 35, forSec: 2, resource: 'queue', outage: true },
      { atSec: 40, forSec: 5, resource: 'queue', quotaFactor: 3 },
    ],
  });

  test('every message is worked, dead, under way or visible, and all is over when the load is', () => {
    const resource = fc.record({
      workers: fc.integer({ min: 1, max: 8 }),
      prefetch: fc.integer({ min: 1, max: 3 }),
      partitions: fc.integer({ min: 1, max: 8 }),
      maxMessages: fc.integer({ min: 0, max: 30 }),
      visibilityTimeoutSec: fc.constantFrom(undefined, 1, 4),
      maxReceives: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(resource, fc.nat(1_000), (drawn, seed) => {
        const { kernel, queue } = start(stormy(drawn), seed);
        const { statistics } = queue;
        for (let step = 1; step <= 200; step++) {
          kernel.advanceTo(2 * step, 1e6);
          const [published, worked, receives, redeliveries, dead, duplicates] = statistics.counters;
          expect(published).toBe(worked + dead + queue.messagesUnderWay + statistics.waiting);
          expect(receives).toBeGreaterThanOrEqual(worked + duplicates);
          expect(redeliveries).toBeLessThanOrEqual(receives);
          expect(statistics.waiting).toBeLessThanOrEqual(statistics.requests);
          expect(statistics.inUse).toBeLessThanOrEqual(statistics.slots);
        }
        queue.account();
        expect([queue.messagesUnderWay, statistics.waiting, statistics.inUse]).toEqual([0, 0, 0]);
        expect(statistics.slots).toBe(drawn.workers);
        expect(kernel.tasks.size).toBe(0);
        expect(statistics.waitTotalSec).toBeCloseTo(statistics.waitingIntegralSec, 7);
        const [published, worked, receives, redeliveries, dead] = statistics.counters;
        expect(published).toBe(worked + dead);
        expect(receives).toBe(published + redeliveries);
      }),
      { numRuns: 30 },
    );
  });
});
