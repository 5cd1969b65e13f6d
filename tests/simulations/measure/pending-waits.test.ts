import { describe, expect, test } from 'vitest';
import { runReplication } from '@/simulations/engine/run-replication';
import { summarizeReplications } from '@/simulations/measure/summarize-replications';
import { runPoolStudy } from '@/simulations/run-pool-study';
import { isWaitUndecided } from '@/simulations/simulation-run';
import { closed, scenarioOf, workloadOf } from '../example-workload';

const hourSec = 3_600;
const slots = 10;

/** Sessions that hold a connection from their first second to their end. */
function longSessions(hours: number) {
  return workloadOf([
    ['modelCall', 1],
    ['query', 1],
    ['modelCall', hours * hourSec],
  ]);
}

function scenarioFor(agents: number) {
  return scenarioOf({
    load: closed(agents),
    slots,
    pool: { holdingScope: 'session' },
    horizonSec: hourSec,
  });
}

function summarize(hours: number, agents: number) {
  const workload = longSessions(hours);
  const scenario = scenarioFor(agents);
  const results = Array.from({ length: 10 }, (_, replication) =>
    runReplication(workload, scenario, { agents, replication, maxEvents: 1e6 }),
  );
  return { results, point: summarizeReplications(results, slots).point };
}

describe('waits that outlast the horizon', () => {
  test.each([10, 200])('in sessions of %d h are no short waits: 100 agents overload', (hours) => {
    const { results, point } = summarize(hours, 100);
    // 90 of 100 agents stand behind 10 slots that hardly ever come free within the hour.
    for (const { pendingWaitSec } of results) expect(pendingWaitSec.count).toBeGreaterThan(80);
    expect(point.pool.waitSecP95.mean).toBeGreaterThan(0.95 * hourSec);
    expect(point.pendingWaitShare?.mean).toBeGreaterThan(0.8);
    expect(point.isOverloaded).toBe(true);
  });

  test('keep saturation at the number of slots', () => {
    const { saturation, atLoad } = runPoolStudy(longSessions(200), scenarioFor(100));
    expect(saturation.agents).toBeGreaterThanOrEqual(slots - 1);
    expect(saturation.agents).toBeLessThanOrEqual(slots);
    expect(atLoad.isOverloaded).toBe(true);
  });

  test('leave a pool with a slot for everybody alone', () => {
    const { point } = summarize(200, slots);
    expect(point.pool.waitingMean.mean).toBe(0);
    expect(point.isOverloaded).toBe(false);
    expect(isWaitUndecided({ pendingWaitShare: point.pendingWaitShare })).toBe(false);
  });

  test('are undecided as soon as one agent in twenty waits for ever', () => {
    const { point } = summarize(200, slots + 1);
    expect(isWaitUndecided(point)).toBe(true);
  });
});

describe('waits that had not ended', () => {
  test('are those of every waiter and of nobody else, each with its age', () => {
    // One slot, held for the whole hour by one of four agents: the others wait from their second 1.
    const workload = workloadOf([
      ['modelCall', 1e-9],
      ['query', 10 * hourSec],
    ]);
    const scenario = scenarioOf({ load: closed(4), slots: 1, horizonSec: hourSec });
    const { pendingWaitSec } = runReplication(workload, scenario, {
      agents: 4,
      replication: 0,
      maxEvents: 1e6,
    });
    expect(pendingWaitSec.count).toBe(3);
    expect(pendingWaitSec.sum).toBeGreaterThan(2.999 * hourSec);
    expect(pendingWaitSec.sum).toBeLessThanOrEqual(3 * hourSec);
  });
});
