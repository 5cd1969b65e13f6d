import { describe, expect, test } from 'vitest';
import { runReplication } from '@/simulations/engine/run-replication';
import { summarizeReplications } from '@/simulations/measure/summarize-replications';
import { open, scenarioOf, workloadOf } from '../example-workload';

const experiments = 400;
const replications = 10;

describe('95 % intervals', () => {
  test('hold the true mean wait of an M/M/1 queue in 92 to 98 of 100 experiments', () => {
    const workload = workloadOf([['query', 1, true]]);
    let covered = 0;
    for (let experiment = 0; experiment < experiments; experiment++) {
      const scenario = scenarioOf({
        load: open(0.5),
        slots: 1,
        horizonSec: 2_000,
        seed: experiment,
      });
      const results = Array.from({ length: replications }, (_, replication) =>
        runReplication(workload, scenario, { agents: 0.5, replication, maxEvents: 1e6 }),
      );
      const [low, high] = summarizeReplications(results, 1).point.pool.waitSecMean.interval95;
      if (low <= 1 && 1 <= high) covered++;
    }
    expect(covered / experiments).toBeGreaterThanOrEqual(0.92);
    expect(covered / experiments).toBeLessThanOrEqual(0.98);
  });
});
