import { describe, expect, test } from 'vitest';
import { Pool } from '@/simulations/engine/pool';
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

describe('Pool.pendingWaits', () => {
  test('holds the age of every waiter and of nobody else', () => {
    const pool = new Pool({ slots: 1, acquireTimeoutSec: null });
    for (const atSec of [0, 2, 5, 9]) pool.acquire(atSec, atSec);
    pool.release(6); // the wait since 2 s ends
    const pending = pool.pendingWaits(10);
    expect(pending.count).toBe(2);
    expect(pending.sum).toBe(5 + 1);
    expect(pending.sum).toBe(pool.pendingWaitSec(10));
  });

  test('an agent met while it held a slot has not waited for it', () => {
    const pool = new Pool({ slots: 1, acquireTimeoutSec: null });
    pool.seat(1, 0);
    pool.seat(2, 0);
    expect(pool.slotsInUse).toBe(1);
    expect(pool.waiting).toBe(1);
    expect(pool.window.waitSec.count).toBe(0);
    pool.release(4);
    expect(pool.window.waitSec.sum).toBe(4);
  });
});
