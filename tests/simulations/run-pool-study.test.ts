import { describe, expect, test } from 'vitest';
import { drivePoolStudy } from '@/simulations/drive-pool-study';
import { runReplication } from '@/simulations/engine/run-replication';
import { hashInput } from '@/simulations/input-hash';
import { quickLook } from '@/simulations/quick-look';
import { RunCancelled } from '@/simulations/run-cancelled';
import { runPoolStudy } from '@/simulations/run-pool-study';
import { SimulationRun } from '@/simulations/simulation-run';
import { closed, open, scenarioOf, thinkingLoop, workloadOf } from './example-workload';

const scenario = scenarioOf({
  load: closed(20),
  slots: 4,
  pool: { holdingScope: 'turn', acquireTimeoutSec: 30 },
  horizonSec: 300,
});

describe('runPoolStudy', () => {
  const run = runPoolStudy(thinkingLoop, scenario);

  test('gives a run that its schema accepts, and equal bytes for equal input', () => {
    expect(SimulationRun.parse(structuredClone(run))).toEqual(run);
    expect(JSON.stringify(runPoolStudy(thinkingLoop, scenario))).toBe(JSON.stringify(run));
  });

  test('gives the same bytes when the replications of a load run elsewhere and out of order', async () => {
    const driven = await drivePoolStudy(thinkingLoop, scenario, {
      async runBatch(jobs) {
        const reversed = jobs
          .toReversed()
          .map((job) => runReplication(thinkingLoop, scenario, job));
        return structuredClone(reversed).reverse();
      },
    });
    expect(JSON.stringify(driven)).toBe(JSON.stringify(run));
  });

  test('holds the asked load and a sweep in ascending order on both sides of the limit', () => {
    const agents = run.sweep.map((point) => point.agents);
    expect(agents).toEqual([...new Set(agents)].sort((a, b) => a - b));
    expect(agents).toContain(20);
    expect(run.sweep.at(0)?.pool.utilization.mean).toBeLessThan(0.5);
    expect(run.sweep.at(-1)?.pool.utilization.mean).toBeGreaterThan(0.99);
  });

  test('utilisation and wait rise with load, and no interval lies beside its mean', () => {
    for (const { pool } of run.sweep) {
      for (const { mean, interval95 } of Object.values(pool)) {
        expect(interval95[0]).toBeLessThanOrEqual(mean);
        expect(interval95[1]).toBeGreaterThanOrEqual(mean);
      }
    }
    const utilization = run.sweep.map(({ pool }) => pool.utilization.mean);
    utilization.slice(1).forEach((value, i) => {
      expect(value).toBeGreaterThan(utilization[i] - 0.03);
    });
  });

  test('the saturation point lies below the operational bound, where P95 of the wait is in target', () => {
    const { agents, agentsAnalytic, interval95, agentsAtUtilization95 } = run.saturation;
    expect(agentsAnalytic).toBeCloseTo((4 * 5.05) / 4.05, 9);
    expect(agents).toBeGreaterThanOrEqual(1);
    expect(agents).toBeLessThanOrEqual(agentsAnalytic ?? 0);
    expect(interval95?.[0]).toBe(agents);
    expect(agentsAtUtilization95).toBeGreaterThan(agents ?? 0);
    const point = run.sweep.find((candidate) => candidate.agents === agents);
    expect(point?.pool.waitSecP95.interval95[1]).toBeLessThanOrEqual(1);
  });

  test('every session of the asked load is accounted for', () => {
    const { started, completed, failedAcquireTimeout, unfinishedAtHorizon } = run.outcomes;
    expect(completed + failedAcquireTimeout + unfinishedAtHorizon).toBe(started);
    expect(run.queueLengthPath.length).toBe(320);
    expect(run.queueLengthPath.at(-1)?.timeSec).toBeCloseTo(300, 6);
  });

  test('a higher target never lowers the saturation point', () => {
    const lenient = runPoolStudy(thinkingLoop, { ...scenario, waitTargetP95Sec: 20 });
    expect(lenient.saturation.agents ?? 0).toBeGreaterThan(run.saturation.agents ?? 0);
  });

  test('sessions that never need a slot are no load at any number of agents', () => {
    const idle = workloadOf([['modelCall', 2, true]]);
    const { saturation, atLoad } = runPoolStudy(idle, scenario);
    expect(saturation.agentsAnalytic).toBeNull();
    expect(saturation.agentsAtUtilization95).toBeNull();
    expect(atLoad.pool.utilization.mean).toBe(0);
    expect(atLoad.pool.waitSecP95.replications).toBe(0);
  });

  test('open arrivals beyond the slots are marked as overloaded instead of averaged', () => {
    const overloaded = scenarioOf({ load: open(3), slots: 2, horizonSec: 2_000 });
    const { atLoad } = runPoolStudy(workloadOf([['query', 1, true]]), overloaded);
    expect(atLoad.isOverloaded).toBe(true);
    expect(atLoad.analytic.waitSecMean).toBeNull();
  });
});

describe('a run', () => {
  test('reports progress that never runs backwards and ends at its total', () => {
    const seen: [number, number][] = [];
    runPoolStudy(thinkingLoop, scenario, { onProgress: (done, total) => seen.push([done, total]) });
    const total = seen[0][1];
    expect(seen.every(([done, t], i) => t === total && (i === 0 || done >= seen[i - 1][0]))).toBe(
      true,
    );
    expect(seen.at(-1)).toEqual([total, total]);
  });

  test('stops between replications when asked to', async () => {
    let replications = 0;
    const isCancelled = () => ++replications > 3;
    expect(() => runPoolStudy(thinkingLoop, scenario, { isCancelled })).toThrow(RunCancelled);
    expect(replications).toBe(4);
    const aborted = drivePoolStudy(thinkingLoop, scenario, {
      runBatch: async () => [],
      signal: AbortSignal.abort(),
    });
    await expect(aborted).rejects.toThrow(RunCancelled);
  });
});

describe('quickLook', () => {
  test('sees the load that a run sees', () => {
    const run = runPoolStudy(thinkingLoop, scenario);
    const { atLoad, agentsAnalytic } = quickLook(thinkingLoop, scenario);
    expect(atLoad.pool.throughputPerSec.mean / run.atLoad.pool.throughputPerSec.mean).toBeCloseTo(
      1,
      1,
    );
    expect(agentsAnalytic).toBe(run.saturation.agentsAnalytic);
  });
});

describe('hashInput', () => {
  test('depends on every part of the input and on nothing else', () => {
    const hashes = [
      hashInput(thinkingLoop, scenario),
      hashInput(thinkingLoop, { ...scenario, seed: 2 }),
      hashInput(thinkingLoop, { ...scenario, pool: { ...scenario.pool, slots: 5 } }),
      hashInput(workloadOf([['think', 1, true]]), scenario),
      hashInput(workloadOf([['think', 1]]), scenario),
      hashInput(workloadOf([['think', 1 + 1e-15]]), scenario),
      hashInput(workloadOf([['query', 1]]), scenario),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes[0]).toMatch(/^[0-9a-f]{16}$/);
  });

  test('is the same for a copy, and for fields in another order', () => {
    const { seed, ...rest } = structuredClone(scenario);
    expect(hashInput(structuredClone(thinkingLoop), { seed, ...rest })).toBe(
      hashInput(thinkingLoop, scenario),
    );
  });
});
