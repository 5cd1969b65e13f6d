import { describe, expect, test } from 'vitest';
import type { Arrivals } from '@/simulations/scenario/arrivals';
import type { Law } from '@/simulations/scenario/law';
import type { PoolResource } from '@/simulations/scenario/resource';
import {
  assertKnownResult,
  type KeptReplication,
  knownModels,
  meanAndError,
  playReplications,
  type ScenarioLiteral,
} from '../assert-known-result';
import { type KnownResult, parameterOf, parametersOf } from '../known-results';

type Measure = (kept: KeptReplication) => number;

const exponential: Law = { law: 'exponential', mean: 1 };
const requests: Measure = (kept) => kept.station('pool').sum('requests');
const waits = (kept: KeptReplication) => kept.station('pool').samples('waitSecByClass');
const failed =
  (cause: string): Measure =>
  (kept) =>
    kept.station('pool').failures(cause) / requests(kept);
const meanWaitSec: Measure = (kept) => waits(kept).mean;
const meanInSystem: Measure = (kept) => kept.sessions('sessions').mean('inProgressIntegralSec');
const meanResponseSec: Measure = (kept) => kept.sessions('sessions').samples('responseSec').mean;
const shareThatWaited: Measure = (kept) => {
  const { zeroCount, count } = waits(kept).toState();
  return 1 - zeroCount / count;
};

function queue(
  pool: Omit<PoolResource, 'kind'>,
  ratePerSec: number,
  customers: number,
  forSec: Law = exponential,
): ScenarioLiteral {
  const arrivals: Arrivals = { kind: 'poisson', ratePerSec };
  return {
    horizonSec: customers / ratePerSec,
    resources: { pool: { kind: 'pool', ...pool } },
    classes: { sessions: { arrivals, program: [{ use: 'pool', forSec }] } },
  };
}

function quantities(rows: readonly KnownResult[], measures: Record<string, Measure>) {
  return rows.map(({ quantity, value }) => {
    const measure = measures[quantity];
    if (measure === undefined) throw new Error(`No measure of ${quantity}.`);
    return { quantity, value, measure };
  });
}

describe('a pool that refuses', () => {
  test.for(
    knownModels('C1').flatMap(([model, rows]) =>
      (
        [
          ['exponential', exponential],
          ['constant', 1],
          ['lognormal of CV 2', { law: 'lognormal', mean: 1, cv: 2 }],
        ] satisfies [string, Law][]
      ).map(([name, law]) => [model, name, law, rows] as const),
    ),
  )('%s with service %s', ([model, , law, rows]) => {
    const slots = Number(/M\/G\/(\d+)/.exec(model)?.[1]);
    const scenario = queue(
      { slots, admission: { maxWaiting: 0 } },
      parameterOf(model, 'a'),
      12_000,
      law,
    );
    assertKnownResult(scenario, quantities(rows, { 'P(block)': failed('queue_full') }));
  });

  test.for(knownModels('D1'))('%s', ([model, rows]) => {
    const [, slots, capacity] = (/M\/M\/(\d+)\/(\d+)/.exec(model) ?? []).map(Number);
    const scenario = queue(
      { slots, admission: { maxWaiting: capacity - slots } },
      parameterOf(model, 'lam'),
      20_000,
    );
    const measures = {
      'P(reject)': failed('queue_full'),
      throughput: (kept: KeptReplication) => kept.sessions('sessions').mean('succeeded'),
      L: meanInSystem,
      'Wq accepted': meanWaitSec,
    };
    assertKnownResult(scenario, quantities(rows, measures));
  });
});

describe('general service', () => {
  const laws: [string, Law][] = [
    ['deterministic', 1],
    ['E[S]=1 exp', exponential],
    ['CV=1.5', { law: 'lognormal', mean: 1, cv: 1.5 }],
    ['CV=4', { law: 'lognormal', mean: 1, cv: 4 }],
  ];
  test.for(knownModels('E1'))('%s', ([model, rows]) => {
    const law = laws.find(([name]) => model.includes(name))?.[1];
    // Heavy tails are slow to average out: a mean over too little of them is too small.
    const customers = model.includes('CV=4') ? 100_000 : 40_000;
    const scenario = queue({ slots: 1 }, parameterOf(model, 'lam'), customers, law);
    assertKnownResult(scenario, quantities(rows, { Wq: meanWaitSec }));
  });

  test.for(knownModels('E2'))('%s', ([model, rows]) => {
    const slots = Number(/M\/D\/(\d+)/.exec(model)?.[1]);
    const scenario = queue({ slots }, parameterOf(model, 'lam'), 40_000, 1);
    assertKnownResult(scenario, quantities(rows, { Wq: meanWaitSec }));
  });
});

describe('waits that are given up', () => {
  const measures = {
    'P(abandon)': failed('acquire_timeout'),
    'P(timeout)': failed('acquire_timeout'),
    'P(wait>0)': shareThatWaited,
    'E[wait] all (abandoners incl.)': meanWaitSec,
    'E[wait] all (timed-out count tau)': meanWaitSec,
  };

  test.for(knownModels('F1'))('%s', ([model, rows]) => {
    const slots = Number(/M\/M\/(\d+)/.exec(model)?.[1]);
    const acquireTimeoutSec: Law = { law: 'exponential', mean: 1 / parameterOf(model, 'theta') };
    const scenario = queue({ slots, acquireTimeoutSec }, parameterOf(model, 'lam'), 15_000);
    assertKnownResult(scenario, quantities(rows, measures));
  });

  test.for(knownModels('F2'))('%s', ([model, rows]) => {
    const slots = Number(/M\/M\/(\d+)/.exec(model)?.[1]);
    const acquireTimeoutSec = parameterOf(model, 'timeout');
    const scenario = queue({ slots, acquireTimeoutSec }, parameterOf(model, 'lam'), 15_000);
    // One in 40,000 does not wait, in clusters: so few that most runs of this length see none.
    const isRare = (value: number) => value > 0.9999;
    assertKnownResult(
      scenario,
      quantities(rows, measures).map((known) =>
        isRare(known.value) ? { ...known, tolerance: 5e-5 } : known,
      ),
    );
  });

  test('count for the same where the full pool serves them', () => {
    const plain = queue({ slots: 3, acquireTimeoutSec: exponential }, 4, 2_000);
    const full = queue(
      { slots: 3, acquireTimeoutSec: exponential, admission: { maxWaiting: 1e6 } },
      4,
      2_000,
    );
    const read = (scenario: ScenarioLiteral) =>
      playReplications(scenario, { replications: 2 }).map((kept) => [
        requests(kept),
        failed('acquire_timeout')(kept),
        waits(kept).sum,
        meanInSystem(kept),
      ]);
    expect(read(full)).toEqual(read(plain));
  });
});

describe('processor sharing', () => {
  test.for<[string, Law]>([
    ['exponential', exponential],
    ['constant', 1],
    ['lognormal of CV 2', { law: 'lognormal', mean: 1, cv: 2 }],
  ])('M/G/1-PS with service %s does not feel its law', ([, law]) => {
    const rows = knownModels('J1').flatMap(([, all]) => all.filter((r) => r.quantity === 'W'));
    if (rows.length === 0) return;
    const scenario = queue({ slots: 1, discipline: 'sharing' }, 0.7, 20_000, law);
    assertKnownResult(scenario, quantities(rows, { W: meanResponseSec }));
  });

  test('M/G/1-PS: who asks for 5 s stays in proportion', () => {
    const row = knownModels('J1').flatMap(([, all]) => all.filter((r) => r.value > 10))[0];
    if (row === undefined) return;
    // Requests of 5 s are one in 50; together with the others they load the server to 0.7.
    const share = 0.02;
    const others: Law = { law: 'exponential', mean: (1 - share * 5) / (1 - share) };
    const scenario = queue({ slots: 1, discipline: 'sharing' }, 0.7 * (1 - share), 30_000, others);
    assertKnownResult(
      {
        ...scenario,
        classes: {
          ...scenario.classes,
          long: {
            arrivals: { kind: 'poisson', ratePerSec: 0.7 * share },
            program: [{ use: 'pool', forSec: 5 }],
          },
        },
      },
      [{ ...row, measure: (kept) => kept.sessions('long').samples('responseSec').mean }],
    );
  });

  test('M/M/c-PS is M/M/c to all who come: in number, and in time lost to others', () => {
    const scenario = queue({ slots: 4, discipline: 'sharing' }, 3.2, 20_000);
    // Erlang C at c = 4, a = 3.2: L = 5.5857, Wq = 0.74553 (Gross and Harris, ch. 2).
    assertKnownResult(scenario, [
      { quantity: 'L', value: 5.58571, measure: meanInSystem, tolerance: 1e-3 },
      { quantity: 'Wq', value: 0.745536, measure: meanWaitSec, tolerance: 1e-4 },
    ]);
  });
});

describe('priorities', () => {
  function twoClasses(model: string, pool: Omit<PoolResource, 'kind'>, customers: number) {
    const rates = parametersOf(model, 'lam');
    const sessions = (ratePerSec: number, priority: number) => ({
      arrivals: { kind: 'poisson' as const, ratePerSec },
      program: [{ use: 'pool', forSec: exponential }],
      priority,
    });
    return {
      horizonSec: customers / (rates[0] + rates[1]),
      resources: { pool: { kind: 'pool' as const, ...pool } },
      classes: { first: sessions(rates[0], 0), second: sessions(rates[1], 7) },
    } satisfies ScenarioLiteral;
  }
  const waitOf =
    (index: number): Measure =>
    (kept) =>
      kept.station('pool').samples('waitSecByClass', index).mean;
  const responseOf =
    (name: string): Measure =>
    (kept) =>
      kept.sessions(name).samples('responseSec').mean;

  test.for(['K1', 'K3'].flatMap(knownModels))('%s', ([model, rows]) => {
    const slots = Number(/M\/M\/(\d+)/.exec(model)?.[1]);
    const scenario = twoClasses(model, { slots, discipline: 'priority' }, 30_000);
    assertKnownResult(scenario, quantities(rows, { Wq1: waitOf(0), Wq2: waitOf(1) }));
  });

  test.for(knownModels('K2'))('%s', ([model, rows]) => {
    const scenario = twoClasses(model, { slots: 1, discipline: 'preemptive' }, 30_000);
    const measures = { T1: responseOf('first'), T2: responseOf('second') };
    assertKnownResult(scenario, quantities(rows, measures));
  });
});

describe('breakdowns', () => {
  test.for(knownModels('W1'))('%s', ([model, rows]) => {
    const scenario = queue(
      {
        slots: 1,
        breakdowns: {
          upSec: { law: 'exponential', mean: 1 / parameterOf(model, 'fail') },
          repairSec: { law: 'exponential', mean: 1 / parameterOf(model, 'repair') },
        },
      },
      parameterOf(model, 'lam'),
      40_000,
    );
    const down: Measure = (kept) =>
      1 - kept.station('pool').counter(3) / kept.station('pool').durationSec;
    assertKnownResult(scenario, [
      ...quantities(rows, { L: meanInSystem, W: meanResponseSec }),
      { quantity: 'availability', value: 10 / 11, measure: down },
    ]);
  });

  test('slots fail each by itself, and no more are served than are up', () => {
    const scenario = queue(
      { slots: 3, breakdowns: { upSec: { law: 'exponential', mean: 4 }, repairSec: 4 } },
      1.5,
      10_000,
      { law: 'exponential', mean: 0.1 },
    );
    const downMean: Measure = (kept) =>
      kept.station('pool').counter(3) / kept.station('pool').durationSec;
    assertKnownResult(scenario, [{ quantity: 'slots down', value: 1.5, measure: downMean }]);
  });
});

describe('goodput under sustained overload, by discipline', () => {
  // retry-collapse.txt: λ = 30/s on 20 slots of 1/s for 2,000 s; an answer within 3 s counts.
  test.for<[string, Omit<PoolResource, 'kind' | 'slots'>, number]>([
    ['first in, first out', {}, 0.07],
    ['dropping waiters that have expired', { admission: { dropExpired: true } }, 1.89],
    ['last in, first out', { discipline: 'lifo' }, 18.89],
    ['without a queue', { admission: { maxWaiting: 0 } }, 17.68],
  ])('%s', ([, pool, goodputPerSec]) => {
    const scenario = queue({ slots: 20, ...pool }, 30, 60_000);
    scenario.classes.sessions.deadlineSec = 3;
    const runs = playReplications(scenario, { cutWindows: 0, replications: 10 });
    const { mean, error } = meanAndError(
      runs.map((kept) => kept.sessions('sessions').mean('inTime')),
    );
    const off = Math.abs(mean - goodputPerSec);
    expect(off, `goodput ${mean} ± ${error}`).toBeLessThan(
      Math.max(0.05 * goodputPerSec, 3.5 * error + 0.005),
    );
  });
});
