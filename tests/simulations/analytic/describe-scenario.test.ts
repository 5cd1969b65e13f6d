import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';
import { describeScenario } from '@/simulations/analytic/describe-scenario';
import { scenarioPresets } from '@/simulations/presets/scenario-presets';
import type { Law } from '@/simulations/scenario/law';
import type { PoolResource } from '@/simulations/scenario/resource';
import { Scenario } from '@/simulations/scenario/scenario';
import { ScenarioTwin } from '@/simulations/scenario-twin';
import { parameterOf, parametersOf, readKnownResults } from '../known-results';

type Literal = Omit<z.input<typeof Scenario>, 'plimsoll' | 'name' | 'horizonSec'>;

function twinOf(literal: Literal) {
  return describeScenario(
    Scenario.parse({ plimsoll: 1, name: 'twin', horizonSec: 1_000, ...literal }),
  );
}

const exponential = (mean: number) => ({ law: 'exponential' as const, mean });

/** A pool that customers come to at random, once each. */
function onePool(
  pool: Omit<z.input<typeof PoolResource>, 'kind'>,
  { ratePerSec, forSec }: { readonly ratePerSec: number; readonly forSec: Law },
) {
  const twin = twinOf({
    resources: { pool: { kind: 'pool', ...pool } },
    classes: {
      one: { arrivals: { kind: 'poisson', ratePerSec }, program: [{ use: 'pool', forSec }] },
    },
  });
  return { pool: twin.resources[0], one: twin.classes[0] };
}

/** To the digits that are printed in the table. */
function expectKnown(found: number | null, value: number) {
  expect(found).not.toBeNull();
  expect(Math.abs((found ?? Number.NaN) - value)).toBeLessThan(2e-5 * Math.max(1, Math.abs(value)));
}

describe('known results', () => {
  test.for(readKnownResults('A1').concat(readKnownResults('B1')))('$model $quantity', (row) => {
    const slots = Number(/M\/M\/(\d+)/.exec(row.model)?.[1]);
    const ratePerSec = parameterOf(row.model, 'lam');
    const { pool, one } = onePool({ slots }, { ratePerSec, forSec: exponential(1) });
    const numbers: Record<string, number | null> = {
      L: (pool.waitingMean ?? Number.NaN) + (pool.inUseMean ?? Number.NaN),
      Lq: pool.waitingMean,
      W: one.responseSecMean,
      Wq: pool.waitSecMean,
      'p95 wait': pool.waitSecP95,
    };
    if (!(row.quantity in numbers)) return; // the twin has no such number
    expectKnown(numbers[row.quantity], row.value);
    expect(pool.brokenAssumptions).toEqual([]);
  });

  test.for(readKnownResults('E2'))('$model $quantity', ({ model, value }) => {
    const slots = Number(/M\/D\/(\d+)/.exec(model)?.[1]);
    const { pool } = onePool({ slots }, { ratePerSec: parameterOf(model, 'lam'), forSec: 1 });
    expect(pool.method).toBe('M/D/c (Crommelin)');
    expectKnown(pool.waitSecMean, value);
    expect(pool.brokenAssumptions).toEqual([]);
  });

  test.for(readKnownResults('D1'))('$model $quantity', ({ model, quantity, value }) => {
    const [, servers, capacity] = /M\/M\/(\d+)\/(\d+)/.exec(model) ?? [];
    const slots = Number(servers);
    const { pool } = onePool(
      { slots, admission: { maxWaiting: Number(capacity) - slots } },
      { ratePerSec: parameterOf(model, 'lam'), forSec: exponential(1) },
    );
    const numbers: Record<string, number | null> = {
      'P(reject)': pool.refusedShare,
      throughput: pool.inUseMean,
      L: (pool.waitingMean ?? Number.NaN) + (pool.inUseMean ?? Number.NaN),
      'Wq accepted': pool.waitSecMean,
    };
    expectKnown(numbers[quantity], value);
  });

  test.for(readKnownResults('F1'))('$model $quantity', ({ model, quantity, value }) => {
    const acquireTimeoutSec = exponential(1 / parameterOf(model, 'theta'));
    const slots = Number(/M\/M\/(\d+)/.exec(model)?.[1]);
    const load = { ratePerSec: parameterOf(model, 'lam'), forSec: exponential(1) };
    const { pool } = onePool({ slots, acquireTimeoutSec }, load);
    expect(pool.method).toBe('M/M/c+M (Erlang A)');
    if (quantity === 'P(abandon)') expectKnown(pool.refusedShare, value);
    else if (quantity.startsWith('E[wait]')) expectKnown(pool.waitSecMean, value);
  });

  test.for(readKnownResults('G1'))('$model $quantity', ({ model, quantity, value }) => {
    const [, slots, agents] = /M\/M\/(\d+)\/\/(\d+)/.exec(model) ?? [];
    const isHeld = model.includes('hold') || model.includes('HOLD');
    const twin = twinOf({
      resources: { pool: { kind: 'pool', slots: Number(slots) } },
      classes: {
        agent: {
          arrivals: {
            kind: 'closed',
            agents: Number(agents),
            restSec: exponential(parameterOf(model, 'Z')),
          },
          // Held: a query of 0.05 s, then 4 s of thought with the connection in hand.
          program: isHeld
            ? [{ acquire: 'pool' }, { delay: 0.05 }, { think: exponential(4) }, { release: 'pool' }]
            : [{ use: 'pool', forSec: exponential(parameterOf(model, 'S')) }],
        },
      },
    });
    const numbers: Record<string, number | null> = {
      X: twin.classes[0].startedPerSec,
      R: twin.classes[0].responseSecMean,
      'U per server': twin.resources[0].utilization,
    };
    expectKnown(numbers[quantity], value);
    const knee = /N\*=(?:c\(Z\+S\)\/S=)?([0-9.]+)/.exec(model)?.[1];
    if (knee !== undefined) expect(twin.classes[0].kneeAgents).toBeCloseTo(Number(knee), 2);
  });

  test.for(readKnownResults('H1'))('$model $quantity', ({ model, quantity, value }) => {
    const demands = parametersOf(model, 'D');
    const twin = twinOf({
      resources: Object.fromEntries(
        demands.map((_, m) => [`station ${m}`, { kind: 'pool' as const, slots: 1 }]),
      ),
      classes: {
        agent: {
          arrivals: {
            kind: 'closed',
            agents: parameterOf(model, 'N'),
            restSec: exponential(parameterOf(model, 'Z')),
          },
          program: demands.map((mean, m) => ({ use: `station ${m}`, forSec: exponential(mean) })),
        },
      },
    });
    const [agent] = twin.classes;
    expectKnown(quantity === 'X' ? agent.startedPerSec : agent.responseSecMean, value);
    expect(twin.resources[0].brokenAssumptions).toEqual([]);
  });

  test.for(readKnownResults('I1'))('$model $quantity', ({ model, quantity, value }) => {
    const routes = [
      [0, 0.6, 0.3],
      [0.5, 0, 0.2],
      [0, 0.4, 0],
    ];
    const body = parametersOf(model, 'mu').flatMap((rate, at) => [
      { label: `to ${at}` },
      { use: `station ${at + 1}`, forSec: exponential(1 / rate) },
      {
        choose: [
          ...routes[at].map((weight, to) => ({ weight, steps: [{ goTo: `to ${to}` }] })),
          {
            weight: 1 - routes[at].reduce((sum, part) => sum + part, 0),
            steps: [{ end: 'success' as const }],
          },
        ],
      },
    ]);
    const rates = parametersOf(model, 'gamma');
    const twin = twinOf({
      resources: Object.fromEntries(
        routes.map((_, at) => [`station ${at + 1}`, { kind: 'pool' as const, slots: 1 }]),
      ),
      classes: Object.fromEntries(
        rates.map((ratePerSec, at) => [
          `from ${at}`,
          {
            arrivals: { kind: 'poisson' as const, ratePerSec },
            program: [{ goTo: `to ${at}` }, ...body],
          },
        ]),
      ),
    });
    if (quantity === 'end-to-end W') {
      const entering = rates.reduce((sum, rate) => sum + rate, 0);
      const inNetwork = twin.classes.reduce(
        (sum, one, at) =>
          rates[at] === 0 ? sum : sum + rates[at] * (one.responseSecMean ?? Number.NaN),
        0,
      );
      expectKnown(inNetwork / entering, value);
      return;
    }
    const at = Number(quantity.at(-1)) - 1;
    const { requestsPerSec, inUseMean, waitingMean, brokenAssumptions } = twin.resources[at];
    const number = (inUseMean ?? Number.NaN) + (waitingMean ?? Number.NaN);
    expectKnown(quantity.startsWith('lambda') ? requestsPerSec : number, value);
    expect(brokenAssumptions).toEqual([]);
  });

  test.for(readKnownResults('K1').filter(({ model }) => /NONPREEMPTIVE/.test(model)))(
    '$model $quantity',
    ({ quantity, value }) => {
      const one = (ratePerSec: number, priority: number) => ({
        arrivals: { kind: 'poisson' as const, ratePerSec },
        priority,
        program: [{ use: 'pool', forSec: exponential(1) }],
      });
      const twin = twinOf({
        resources: { pool: { kind: 'pool', slots: 1, discipline: 'priority' } },
        classes: { first: one(0.3, 0), second: one(0.5, 1) },
      });
      const className = quantity.endsWith('1') ? 'first' : 'second';
      const waits = twin.resources[0].waitSecMeanByClass;
      expectKnown(waits?.[className] ?? null, value);
    },
  );
});

describe('demand', () => {
  test('failed attempts come again: 1 + p + p² of three, and what fails is not lost sight of', () => {
    const twin = twinOf({
      resources: { pool: { kind: 'pool', slots: 4 } },
      classes: {
        one: {
          arrivals: { kind: 'poisson', ratePerSec: 1 },
          program: [
            {
              attempt: 'call',
              retry: { attempts: 3 },
              steps: [
                { use: 'pool', forSec: exponential(1) },
                { fail: 'error', probability: 0.4 },
              ],
            },
          ],
        },
      },
    });
    expect(twin.resources[0].requestsPerSec).toBeCloseTo(1 + 0.4 + 0.16, 12);
    expect(twin.classes[0].responseSecMean).toBeNull();
  });

  test('what is held over other steps is taken as long as they last, with their spread', () => {
    const twin = twinOf({
      resources: { pool: { kind: 'pool', slots: 20 } },
      classes: {
        one: {
          arrivals: { kind: 'poisson', ratePerSec: 1 },
          program: [
            { delay: exponential(7) },
            {
              turn: [
                { use: 'pool', forSec: 1, hold: 'turn' },
                {
                  repeat: { law: 'geometric', mean: 3 },
                  steps: [{ delay: exponential(2) }, { use: 'pool', forSec: 0 }],
                },
              ],
            },
            { delay: 5 },
          ],
        },
      },
    });
    const [pool] = twin.resources;
    expect(pool.requestsPerSec).toBeCloseTo(1, 12);
    expect(pool.serviceTimeSec).toBeCloseTo(7, 12);
    // A geometric number of exponential times is exponential: variance 6².
    expect(pool.serviceTimeScv).toBeCloseTo(36 / 49, 12);
    expect(twin.classes[0].unloadedSec).toBeCloseTo(19, 12);
  });

  test('a cache without single flight asks its origin once and for each reader of the fetch', () => {
    const twin = twinOf({
      resources: { cache: { kind: 'cache', ttlSec: 20 }, origin: { kind: 'pool', slots: 8 } },
      classes: {
        one: {
          arrivals: { kind: 'poisson', ratePerSec: 200 },
          program: [{ get: 'cache', miss: [{ use: 'origin', forSec: 0.5 }] }],
        },
      },
    });
    expect(twin.resources[1].requestsPerSec).toBeCloseTo((200 * 101) / (1 + 100 + 4_000), 9);
    expect(twin.resources[0].missShare).toBeCloseTo(101 / 4_101, 12);
  });

  test('a stampede of fetches that take different times has no closed form', () => {
    const twin = twinOf({
      resources: { cache: { kind: 'cache', ttlSec: 20 }, origin: { kind: 'pool', slots: 8 } },
      classes: {
        one: {
          arrivals: { kind: 'poisson', ratePerSec: 200 },
          program: [{ get: 'cache', miss: [{ use: 'origin', forSec: exponential(0.5) }] }],
        },
      },
    });
    expect(twin.resources[1].utilization).toBeNull();
    expect(twin.resources[1].reason).toMatch(/cache misses/);
  });

  test('beyond capacity the backlog of a fluid stands in place of a steady state', () => {
    const { pool } = onePool({ slots: 2 }, { ratePerSec: 3, forSec: exponential(1) });
    expect(pool.method).toBe('fluid backlog');
    expect(pool.overload).toEqual({ growthPerSec: 1, secondsToOneWaiterPerSlot: 2 });
    expect(pool.waitSecMean).toBeNull();
  });

  test('what has no closed form has a reason, and no number', () => {
    const twin = twinOf({
      resources: { pool: { kind: 'pool', slots: 2 } },
      classes: {
        one: {
          arrivals: { kind: 'poisson', ratePerSec: 1 },
          program: [
            {
              choose: [
                { weight: 1, steps: [{ acquire: 'pool' }] },
                { weight: 1, steps: [] },
              ],
            },
            { delay: 1 },
          ],
        },
      },
    });
    expect(twin.resources[0].reason).toMatch(/held on some ways/);
    expect(twin.resources[0].utilization).toBeNull();
  });
});

describe('presets', () => {
  test.for(scenarioPresets)(
    '$id: an answer or a reason for every resource and class',
    ({ yaml }) => {
      const parsed = parseScenarioFile(yaml);
      if (parsed.kind === 'issues') throw new Error('The preset is not a scenario.');
      const twin = ScenarioTwin.parse(describeScenario(parsed.scenario));
      expect(twin.resources.map(({ name }) => name)).toEqual(
        Object.keys(parsed.scenario.resources),
      );
      for (const { method, reason } of twin.resources) {
        expect((method === null) === (reason !== null)).toBe(true);
      }
      for (const { responseSecMean, reason } of twin.classes) {
        expect((responseSecMean === null) === (reason !== null)).toBe(true);
      }
    },
  );
});
