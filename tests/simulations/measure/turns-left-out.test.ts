import { describe, expect, test } from 'vitest';
import { runReplication } from '@/simulations/engine/run-replication';
import { summarizeReplications } from '@/simulations/measure/summarize-replications';
import { closed, scenarioOf, workloadOf } from '../example-workload';

const workload = workloadOf([
  ['think', 10],
  ['turnStart', 0],
  ['query', 1],
  ['modelCall', 1],
]);

function shareAt(agents: number, acquireTimeoutSec: number | null) {
  const scenario = scenarioOf({ load: closed(agents), slots: 1, pool: { acquireTimeoutSec } });
  const results = Array.from({ length: 10 }, (_, replication) =>
    runReplication(workload, scenario, { agents, replication, maxEvents: 1e6 }),
  );
  const { point, outcomes } = summarizeReplications(results, 1);
  return { share: point.turnsLeftOutShare?.mean, outcomes };
}

describe('turnsLeftOutShare', () => {
  test('counts the turns that a timeout ended, as often as sessions of one turn fail', () => {
    const { share, outcomes } = shareAt(40, 5);
    const failedShare =
      outcomes.failedAcquireTimeout / (outcomes.failedAcquireTimeout + outcomes.completed);
    expect(failedShare).toBeGreaterThan(0.5);
    expect(share).toBeCloseTo(failedShare, 1);
  });

  test('counts the turns that had not ended', () => {
    // About 90 of 100 agents are in a turn, waiting, while 1,000 s end a thousand turns.
    expect(shareAt(100, null).share).toBeGreaterThan(0.05);
    expect(shareAt(100, null).share).toBeLessThan(0.2);
  });

  test('is next to nothing in an empty pool', () => {
    expect(shareAt(1, 5).share).toBeLessThan(0.02);
  });
});
