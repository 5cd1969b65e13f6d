import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveTtlCache } from '@/simulations/analytic/ttl-cache';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import type { CompiledScenario } from '@/simulations/engine/compiled-scenario';
import { createKernel, startLoad } from '@/simulations/engine/create-kernel';
import { Scenario } from '@/simulations/scenario/scenario';
import { CacheStation } from '@/simulations/system/cache-station';
import {
  assertKnownResult,
  type KeptReplication,
  knownModels,
  playReplications,
  type ScenarioLiteral,
} from '../assert-known-result';
import type { KnownResult } from '../known-results';

const counters = ['hits', 'misses', 'fetches', 'evictions', 'expiries', 'sharedWaits'] as const;
type Counter = (typeof counters)[number];

const count = (kept: KeptReplication, name: Counter) =>
  kept.station('cache').counter(counters.indexOf(name));
const hitRatio = (kept: KeptReplication) =>
  count(kept, 'hits') / (count(kept, 'hits') + count(kept, 'misses'));

function compile(literal: ScenarioLiteral): CompiledScenario {
  return compileScenario(Scenario.parse({ plimsoll: 1, name: 'cache', ...literal }));
}

const knownValue = (rows: readonly KnownResult[], quantity: string) => {
  const row = rows.find((known) => known.quantity === quantity);
  if (row === undefined) throw new Error(`No ${quantity}.`);
  return row.value;
};

describe('known results', () => {
  test.for(knownModels('P1'))('%s', ([, rows]) => {
    assertKnownResult(
      {
        horizonSec: 100_000,
        resources: { cache: { kind: 'cache', ttlSec: 60 } },
        classes: {
          reader: {
            arrivals: { kind: 'poisson', ratePerSec: 0.1 },
            program: [{ get: 'cache', miss: [] }],
          },
        },
      },
      [{ quantity: 'hit ratio', value: knownValue(rows, 'hit ratio'), measure: hitRatio }],
      { replications: 10 },
    );
  });

  const keyed = (singleFlight: boolean): ScenarioLiteral => ({
    horizonSec: 2_000,
    resources: { cache: { kind: 'cache', ttlSec: 10, singleFlight } },
    classes: {
      reader: {
        arrivals: { kind: 'poisson', ratePerSec: 20 },
        program: [{ get: 'cache', miss: [{ delay: 2 }] }],
      },
    },
  });
  const models = knownModels('P2');

  test.for(models.slice(0, 1))('%s', ([, rows]) => {
    assertKnownResult(
      keyed(false),
      [
        { quantity: 'hit ratio', value: knownValue(rows, 'hit ratio'), measure: hitRatio },
        {
          quantity: 'fetches per expiry, 1 + λF',
          value: 41,
          measure: (kept) => count(kept, 'fetches') / count(kept, 'expiries'),
        },
      ],
      // A horizon holds few cycles of 12 s: one that is cut in two weighs 1 in 150.
      { replications: 15 },
    );
  });

  test.for(models.slice(1))('%s', ([, rows]) => {
    const solved = solveTtlCache({
      requestRatePerSec: 20,
      ttlSec: 10,
      fetchSec: 2,
      isSingleFlight: true,
    });
    assertKnownResult(
      keyed(true),
      [
        { quantity: 'hit ratio', value: solved.hitRatio, measure: hitRatio },
        {
          quantity: 'origin calls per expiry',
          value: knownValue(rows, 'origin calls per expiry'),
          measure: (kept) => count(kept, 'fetches') / count(kept, 'expiries'),
          tolerance: 0.01, // a fetch at the end of what is cut belongs to an expiry before it
        },
        {
          quantity: 'wait of those that share, F/2 on average',
          value: (1 * 2 + 40 * 1) / 241, // over all gets: the starter waits F, the λF others F/2
          measure: (kept) => kept.station('cache').samples('waitSecByClass').mean,
        },
      ],
      { replications: 15 },
    );
  });

  test.for(knownModels('P3'))('%s', ([, rows]) => {
    const value = knownValue(rows, 'hit ratio');
    assertKnownResult(
      {
        horizonSec: 20_000,
        resources: { cache: { kind: 'cache', capacity: 1_000, prefilled: true } },
        classes: {
          reader: {
            arrivals: { kind: 'closed', agents: 1, restSec: 1 },
            program: [
              {
                repeat: 5,
                steps: [
                  { get: 'cache', key: { law: 'zipf', items: 10_000, exponent: 0.8 }, miss: [] },
                ],
              },
            ],
          },
        },
      },
      [{ quantity: 'hit ratio', value, measure: hitRatio, tolerance: 0.01 * value }],
      { replications: 5 },
    );
  });
});

/** Steps through a run and looks at the cache after each. */
function watch(
  literal: ScenarioLiteral,
  seed: number,
  look: (cache: CacheStation, nowSec: number) => void,
): CacheStation {
  const kernel = createKernel(compile(literal), seed, 0);
  startLoad(kernel);
  const cache = kernel.stations[0];
  if (!(cache instanceof CacheStation)) throw new Error('The first station is a cache.');
  for (let step = 1; step <= 200; step++) {
    const untilSec = (literal.horizonSec * step) / 200;
    kernel.advanceTo(untilSec, 1e6);
    look(cache, untilSec);
  }
  return cache;
}

const law = (mean: number) => ({ law: 'exponential', mean }) as const;

const stormy = (capacity: number, keys: number, failing: number): ScenarioLiteral => ({
  horizonSec: 100,
  resources: { cache: { kind: 'cache', capacity, ttlSec: law(3), singleFlight: true } },
  classes: {
    reader: {
      arrivals: { kind: 'poisson', ratePerSec: 20 },
      deadlineSec: 0.7,
      atDeadline: 'cancelled',
      program: [
        {
          get: 'cache',
          key: { law: 'zipf', items: keys, exponent: 1 },
          miss: [{ delay: law(0.5) }, { fail: 'origin', probability: failing }],
        },
      ],
    },
  },
  faults: [{ atSec: 20, everySec: 10, resource: 'cache', flush: true }],
});

describe('invariants', () => {
  test('never holds more than its capacity, nor fetches a key twice at once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom(0, 0.5),
        fc.nat(1_000),
        (capacity, keys, failing, seed) => {
          const cache = watch(stormy(capacity, keys, failing), seed, ({ size, statistics }) => {
            expect(size).toBeLessThanOrEqual(capacity);
            expect(statistics.inUse).toBeLessThanOrEqual(keys);
          });
          const [hits, misses, fetches, , , shared] = cache.statistics.counters;
          expect(hits + misses).toBe(cache.statistics.requests);
          expect(fetches + shared).toBe(misses);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('a shared fetch that fails fails everyone who waits, with its cause', () => {
    const [kept] = playReplications(
      {
        horizonSec: 16,
        resources: { cache: { kind: 'cache', singleFlight: true } },
        classes: {
          reader: {
            arrivals: { kind: 'burst', sessions: 7 },
            program: [{ get: 'cache', miss: [{ delay: 1 }, { fail: 'origin' }] }],
          },
        },
      },
      { replications: 1, cutWindows: 0 },
    );
    expect(kept.sessions('reader').failures('origin')).toBe(7);
    expect(count(kept, 'fetches')).toBe(1);
    expect(kept.sessions('reader').sum('succeeded')).toBe(0);
  });

  test('a shared fetch outlives the session that began it', () => {
    const [kept] = playReplications(
      {
        horizonSec: 16,
        resources: { cache: { kind: 'cache', singleFlight: true } },
        classes: {
          hasty: {
            arrivals: { kind: 'burst', sessions: 1 },
            deadlineSec: 1,
            atDeadline: 'cancelled',
            program: [{ get: 'cache', miss: [{ delay: 3 }] }],
          },
          patient: {
            arrivals: { kind: 'burst', sessions: 2, atSec: 2 },
            program: [{ get: 'cache', miss: [{ delay: 3 }] }],
          },
        },
      },
      { replications: 1, cutWindows: 0 },
    );
    expect(kept.sessions('hasty').failures('deadline')).toBe(1);
    expect(kept.sessions('patient').samples('responseSec').mean).toBe(1);
    expect(count(kept, 'fetches')).toBe(1);
  });

  test('a fetch of one’s own ends with the session that gave it up', () => {
    const [kept] = playReplications(
      {
        horizonSec: 16,
        resources: { cache: { kind: 'cache' } },
        classes: {
          hasty: {
            arrivals: { kind: 'burst', sessions: 1 },
            deadlineSec: 1,
            atDeadline: 'cancelled',
            program: [{ get: 'cache', miss: [{ delay: 3 }] }],
          },
          late: {
            arrivals: { kind: 'burst', sessions: 1, atSec: 5 },
            program: [{ get: 'cache', miss: [{ delay: 3 }] }],
          },
        },
      },
      { replications: 1, cutWindows: 0 },
    );
    expect(kept.station('cache').sum('inUseIntegralSec')).toBeCloseTo(1 + 3, 12);
    expect(count(kept, 'misses')).toBe(2);
  });
});

describe('faults', () => {
  const reader = (resource: object, faults: ScenarioLiteral['faults']): ScenarioLiteral => ({
    horizonSec: 160,
    resources: { cache: { kind: 'cache', ...resource } },
    classes: {
      reader: {
        arrivals: { kind: 'closed', agents: 1, restSec: 1 },
        program: [{ get: 'cache', key: { law: 'uniform', min: 0, max: 9 }, miss: [] }],
      },
    },
    ...(faults === undefined ? {} : { faults }),
  });

  test('a prefilled cache misses only what a flush took, once per key', () => {
    const play = (faults: ScenarioLiteral['faults']) =>
      playReplications(reader({ prefilled: true }, faults), { replications: 1, cutWindows: 0 })[0];
    expect(count(play(undefined), 'misses')).toBe(0);
    expect(count(play([{ atSec: 50, resource: 'cache', flush: true }]), 'misses')).toBe(10);
  });

  test('fails every get during an outage and none after it', () => {
    const [kept] = playReplications(
      reader({ prefilled: true }, [{ atSec: 50.5, forSec: 10, resource: 'cache', outage: true }]),
      { replications: 1, cutWindows: 0 },
    );
    expect(kept.sessions('reader').failures('outage')).toBe(10);
    expect(count(kept, 'hits') + 10).toBe(kept.station('cache').sum('requests'));
  });
});
