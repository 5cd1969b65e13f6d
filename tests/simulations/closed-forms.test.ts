import { describe, expect, test } from 'vitest';
import { studentTQuantile } from '@/lib/stats/student-t';
import type { WorkloadModel } from '@/lib/workload/workload-model';
import { meanWaitSec, waitQuantileSec } from '@/simulations/analytic/erlang-c';
import { solveClosedLoop } from '@/simulations/analytic/machine-repair';
import { runReplication } from '@/simulations/engine/run-replication';
import { summarizeReplications } from '@/simulations/measure/summarize-replications';
import type { PoolStudy } from '@/simulations/pool-study';
import type { Estimate, LoadPoint } from '@/simulations/simulation-run';
import { closed, open, scenarioOf, thinkingLoop, workloadOf } from './example-workload';

const replications = 30;
const service = workloadOf([['query', 1, true]]);

interface Model {
  readonly name: string;
  readonly workload: WorkloadModel;
  readonly scenario: (seed: number) => PoolStudy;
  readonly agents: number;
  readonly expected: readonly { quantity: string; value: number; of(point: LoadPoint): Estimate }[];
}

/** t statistic of a closed form against the mean over replications. */
function tStatistic({ mean, interval95, replications: n }: Estimate, value: number): number {
  const standardError = (interval95[1] - mean) / studentTQuantile(0.975, n - 1);
  return (mean - value) / standardError;
}

function simulate(model: Model, seed: number): LoadPoint {
  const scenario = model.scenario(seed);
  const results = Array.from({ length: replications }, (_, replication) =>
    runReplication(model.workload, scenario, { agents: model.agents, replication, maxEvents: 1e7 }),
  );
  const { point } = summarizeReplications(results, scenario.pool.slots);
  return { ...point, analytic: { utilization: 0, waitSecMean: null } };
}

function openModel(servers: number, arrivalRatePerSec: number, horizonSec: number): Model {
  const queue = { servers, arrivalRatePerSec, serviceTimeSec: 1 };
  const waitSec = meanWaitSec(queue) ?? Number.NaN;
  return {
    name: `M/M/${servers} at λ = ${arrivalRatePerSec}`,
    workload: service,
    scenario: (seed) =>
      scenarioOf({ load: open(arrivalRatePerSec), slots: servers, horizonSec, seed, replications }),
    agents: arrivalRatePerSec,
    expected: [
      { quantity: 'mean wait', value: waitSec, of: ({ pool }) => pool.waitSecMean },
      {
        quantity: 'waiting',
        value: waitSec * arrivalRatePerSec,
        of: ({ pool }) => pool.waitingMean,
      },
      {
        quantity: 'P95 wait',
        value: waitQuantileSec(queue, 0.95) ?? Number.NaN,
        of: ({ pool }) => pool.waitSecP95,
      },
      {
        quantity: 'utilisation',
        value: arrivalRatePerSec / servers,
        of: ({ pool }) => pool.utilization,
      },
    ],
  };
}

function loopModel(agents: number, holdingScope: 'query' | 'turn'): Model {
  const isHeld = holdingScope === 'turn';
  const times = isHeld
    ? { thinkTimeSec: 1, serviceTimeSec: 4.05 }
    : { thinkTimeSec: 5, serviceTimeSec: 0.05 };
  const state = solveClosedLoop({ agents, servers: 10, ...times });
  return {
    name: `${agents} agents on 10 slots, ${isHeld ? 'holding' : 'releasing'} while thinking`,
    workload: thinkingLoop,
    scenario: (seed) =>
      scenarioOf({
        load: closed(agents),
        slots: 10,
        pool: { holdingScope },
        horizonSec: 1_500,
        seed,
        replications,
      }),
    agents,
    expected: [
      {
        quantity: 'throughput',
        value: state.throughputPerSec,
        of: ({ pool }) => pool.throughputPerSec,
      },
    ],
  };
}

const repair: Model = {
  ...loopModel(12, 'turn'),
  name: 'M/M/10//12, just below the knee',
  workload: workloadOf([
    ['think', 1, true],
    ['query', 4.05, true],
  ]),
  expected: [
    { quantity: 'throughput', value: 2.297, of: ({ pool }) => pool.throughputPerSec },
    { quantity: 'mean wait', value: 4.2242 - 4.05, of: ({ pool }) => pool.waitSecMean },
    { quantity: 'utilisation', value: 0.930286, of: ({ pool }) => pool.utilization },
  ],
};

const models = [
  openModel(1, 0.8, 60_000),
  openModel(8, 7.2, 8_000),
  loopModel(100, 'turn'),
  loopModel(100, 'query'),
  repair,
];

describe('the engine agrees with closed forms over 30 replications, |t| < 3.5', () => {
  test.each(models)('$name', (model) => {
    const outliers = (seed: number) => {
      const point = simulate(model, seed);
      return model.expected
        .map(({ quantity, value, of }) => ({ quantity, value, t: tStatistic(of(point), value) }))
        .filter(({ t }) => !(Math.abs(t) < 3.5));
    };
    const first = outliers(20_261_121);
    // One re-run on a fresh seed: five models and a dozen quantities give a rare outlier by chance.
    expect(first.length === 0 ? first : outliers(11_212_026)).toEqual([]);
  });

  test('the loop of 100 agents does 2.469 queries a second holding, 19.80 releasing', () => {
    const [holding, releasing] = [loopModel(100, 'turn'), loopModel(100, 'query')];
    expect(holding.expected[0].value).toBeCloseTo(2.469, 3);
    expect(releasing.expected[0].value).toBeCloseTo(19.802, 2);
  });
});
