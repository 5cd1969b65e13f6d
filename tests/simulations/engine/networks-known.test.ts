import { describe, expect, test } from 'vitest';
import type { Step } from '@/simulations/scenario/step';
import { numberAfter } from '../analytic/answer-parts';
import {
  assertKnownResult,
  type KeptReplication,
  knownModels,
  type ScenarioLiteral,
} from '../assert-known-result';
import { parameterOf, parametersOf } from '../known-results';

const exponential = (mean: number) => ({ law: 'exponential' as const, mean });
const server = { kind: 'pool' as const, slots: 1 };
const names = (count: number) => Array.from({ length: count }, (_, i) => `station ${i + 1}`);

function responseMean(kept: KeptReplication): number {
  return kept.sessions('jobs').samples('responseSec').mean;
}

function forkJoin(branches: number, load: number, horizonSec: number): ScenarioLiteral {
  const stations = names(branches);
  return {
    horizonSec,
    resources: Object.fromEntries(stations.map((name) => [name, server])),
    classes: {
      jobs: {
        arrivals: { kind: 'poisson', ratePerSec: load },
        program: [{ parallel: stations.map((use): Step[] => [{ use, forSec: exponential(1) }]) }],
      },
    },
  };
}

describe('fork and join at queues (L1)', () => {
  test.for(knownModels('L1'))('%s', ([model, rows]) => {
    const load = parameterOf(model, 'rho');
    assertKnownResult(
      forkJoin(parameterOf(model, 'K'), load, 15_000),
      rows.map(({ quantity, value }) => ({ quantity, value, measure: responseMean })),
    );
  });
});

describe('fork and join of more, within the 5 % of the approximation (L3)', () => {
  test.for(knownModels('L3'))('%s', ([model, rows]) => {
    const load = parameterOf(model, 'rho');
    assertKnownResult(
      forkJoin(parameterOf(model, 'K'), load, 6_000),
      rows.map(({ quantity, value }) => ({
        quantity,
        value,
        measure: responseMean,
        tolerance: 0.05 * value,
      })),
      { replications: 10 },
    );
  });
});

describe('fan-out without queues (L2)', () => {
  test.for(knownModels('L2'))('%s', ([model, rows]) => {
    assertKnownResult(
      {
        horizonSec: 2_000,
        resources: {},
        classes: {
          jobs: {
            arrivals: { kind: 'poisson', ratePerSec: 1 },
            program: [
              { parallel: [[{ delay: exponential(1) }]], count: numberAfter(model, 'max of ') },
            ],
          },
        },
      },
      rows.map(({ quantity, value }) => ({ quantity, value, measure: responseMean })),
    );
  });
});

function splitMerge(branches: number, ratePerSec: number, horizonSec: number): ScenarioLiteral {
  return {
    horizonSec,
    resources: { gate: server },
    classes: {
      jobs: {
        arrivals: { kind: 'poisson', ratePerSec },
        program: [
          { acquire: 'gate' },
          { parallel: [[{ delay: exponential(1) }]], count: branches },
          { release: 'gate' },
        ],
      },
    },
  };
}

describe('split and merge: one at a time (L4)', () => {
  const models = knownModels('L4');

  test.for(models)('%s', ([model, rows]) => {
    const branches = parameterOf(model, 'K');
    for (const { quantity, value } of rows) {
      if (quantity === 'mean response') {
        const scenario = splitMerge(branches, parameterOf(model, 'lam'), 20_000);
        assertKnownResult(scenario, [{ quantity, value, measure: responseMean }]);
        continue;
      }
      expect(quantity).toBe('stability limit lam');
      // Twice as much as can be served: then what is served is the limit itself.
      assertKnownResult(splitMerge(branches, 2 * value, 5_000), [
        { quantity, value, measure: (kept) => kept.sessions('jobs').mean('succeeded') },
      ]);
    }
  });
});

describe('an open network with feedback (I1)', () => {
  const models = knownModels('I1');
  const routes = [
    [0, 0.6, 0.3],
    [0.5, 0, 0.2],
    [0, 0.4, 0],
  ];

  /** A station, then where next: with the rest of the probability the job leaves. */
  function stationSteps(at: number, serviceRate: number): Step[] {
    const leaving = 1 - routes[at].reduce((sum, share) => sum + share, 0);
    return [
      { label: `to ${at}` },
      { use: names(3)[at], forSec: exponential(1 / serviceRate) },
      {
        choose: [
          ...routes[at].map((weight, to) => ({ weight, steps: [{ goTo: `to ${to}` }] })),
          { weight: leaving, steps: [{ end: 'success' as const }] },
        ],
      },
    ];
  }

  test.for(models)('%s', ([model, rows]) => {
    // The tables above are the model's; its text is read for the rest.
    expect(model).toContain('P=[[0,.6,.3],[.5,0,.2],[0,.4,0]]');
    const rates = parametersOf(model, 'mu');
    const arrivals = parametersOf(model, 'gamma');
    const body = rates.flatMap((rate, at) => stationSteps(at, rate));
    const classOf = (at: number) => ({
      arrivals: { kind: 'poisson' as const, ratePerSec: arrivals[at] },
      program: [{ goTo: `to ${at}` }, ...body],
    });
    assertKnownResult(
      {
        horizonSec: 6_000,
        resources: Object.fromEntries(names(3).map((name) => [name, server])),
        classes: { first: classOf(0), second: classOf(1) },
      },
      rows.map(({ quantity, value }) => {
        const station = `station ${quantity.at(-1)}`;
        const measure = (kept: KeptReplication) => {
          if (quantity.startsWith('lambda')) return kept.station(station).mean('requests');
          if (quantity.startsWith('L')) {
            const { mean } = kept.station(station);
            return mean('inUseIntegralSec') + mean('waitingIntegralSec');
          }
          expect(quantity).toBe('end-to-end W');
          const all = kept.sessions('first').samples('responseSec');
          all.merge(kept.sessions('second').samples('responseSec').toState());
          return all.mean;
        };
        return { quantity, value, measure };
      }),
    );
  });
});

describe('a closed network of product form (H1)', () => {
  test.for(knownModels('H1'))('%s', ([model, rows]) => {
    const demands = parametersOf(model, 'D');
    const stations = names(demands.length);
    assertKnownResult(
      {
        horizonSec: 40_000,
        resources: Object.fromEntries(stations.map((name) => [name, server])),
        classes: {
          jobs: {
            arrivals: {
              kind: 'closed',
              agents: parameterOf(model, 'N'),
              restSec: exponential(parameterOf(model, 'Z')),
            },
            program: demands.map((mean, at) => ({
              use: stations[at],
              forSec: exponential(mean),
            })),
          },
        },
      },
      rows.map(({ quantity, value }) => ({
        quantity,
        value,
        measure: (kept) =>
          quantity === 'X' ? kept.sessions('jobs').mean('succeeded') : responseMean(kept),
      })),
    );
  });
});

describe('closed loops at one pool, held for the query or while thinking (G1)', () => {
  test.for(knownModels('G1'))('%s', ([model, rows]) => {
    const slots = numberAfter(model, 'M/M/');
    const holdsWhileThinking = /hold/i.test(model);
    const holding = exponential(parameterOf(model, 'S'));
    // Connections that are held while the agent thinks: the pool sees both as one service.
    const program: Step[] = holdsWhileThinking
      ? [{ acquire: 'pool' }, { think: holding }, { release: 'pool' }]
      : [{ use: 'pool', forSec: holding }];
    assertKnownResult(
      {
        horizonSec: 4_000 * (slots === 1 ? 5 : 1),
        resources: { pool: { kind: 'pool', slots } },
        classes: {
          jobs: {
            arrivals: {
              kind: 'closed',
              agents: numberAfter(model, '//'),
              restSec: exponential(parameterOf(model, 'Z')),
            },
            program,
          },
        },
      },
      rows.map(({ quantity, value }) => ({
        quantity,
        value,
        measure: (kept) => {
          if (quantity === 'X') return kept.sessions('jobs').mean('succeeded');
          if (quantity === 'R') return responseMean(kept);
          expect(quantity).toBe('U per server');
          return kept.station('pool').mean('inUseIntegralSec') / slots;
        },
      })),
    );
  });
});
