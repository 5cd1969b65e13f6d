import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandomStream } from '@/lib/stats/random-stream';
import { drawLoopEntry } from '@/simulations/engine/enter-loop';
import { runReplication } from '@/simulations/engine/run-replication';
import { prepareSessionPrograms } from '@/simulations/engine/session-programs';
import { closed, open, type Step, scenarioOf, thinkingLoop, workloadOf } from '../example-workload';

const job = (agents: number, replication = 0) => ({ agents, replication, maxEvents: 1e6 });

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom('think', 'modelCall', 'toolCall', 'query', 'turnStart'),
  fc.double({ min: 0.01, max: 5, noNaN: true }),
  fc.boolean(),
);

const anyCase = fc.record({
  programs: fc.array(fc.array(step, { minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 5,
  }),
  isClosed: fc.boolean(),
  agents: fc.integer({ min: 1, max: 30 }),
  restSecMean: fc.constantFrom(0, 2),
  slots: fc.integer({ min: 1, max: 4 }),
  holdingScope: fc.constantFrom('query' as const, 'turn' as const, 'session' as const),
  acquireTimeoutSec: fc.constantFrom(null, 0.5, 20),
  seed: fc.integer({ min: 0, max: 0xffff_ffff }),
});

describe('runReplication', () => {
  test('every session that starts ends in exactly one way, and Little holds for queue and slots', () => {
    fc.assert(
      fc.property(anyCase, (example) => {
        const workload = workloadOf(
          ...example.programs.map((p): Step[] => [['toolCall', 0.1], ...p]),
        );
        const load = example.isClosed
          ? closed(example.agents, example.restSecMean)
          : open(example.agents / 10);
        const { slots, seed, holdingScope, acquireTimeoutSec } = example;
        const pool = { holdingScope, acquireTimeoutSec };
        const scenario = scenarioOf({ load, slots, seed, pool, horizonSec: 120 });
        const result = runReplication(workload, scenario, job(example.agents));
        const { started, completed, failedAcquireTimeout, unfinishedAtHorizon } = result.sessions;
        expect(completed + failedAcquireTimeout + unfinishedAtHorizon).toBe(started);
        const { waitBalance, holdBalance } = result;
        expect(waitBalance.sojournSec).toBeCloseTo(waitBalance.integralSec, 6);
        expect(holdBalance.sojournSec).toBeCloseTo(holdBalance.integralSec, 6);
      }),
      { numRuns: 200 },
    );
  });

  test('equal seed gives equal bytes, another seed or replication does not', () => {
    const scenario = scenarioOf({ load: closed(40), slots: 5 });
    const first = runReplication(thinkingLoop, scenario, job(40));
    expect(runReplication(thinkingLoop, scenario, job(40))).toEqual(first);
    const other = runReplication(thinkingLoop, { ...scenario, seed: 2 }, job(40));
    expect(other.slotsInUseMean).not.toEqual(first.slotsInUseMean);
    expect(runReplication(thinkingLoop, scenario, job(40, 1)).slotsInUseMean).not.toEqual(
      first.slotsInUseMean,
    );
  });

  test('a change to the pool leaves the arrivals and the choice of sessions as they were', () => {
    const run = (slots: number) =>
      runReplication(
        thinkingLoop,
        scenarioOf({ load: open(2), slots, pool: { holdingScope: 'turn' } }),
        job(2 * 5.05),
      ).sessions;
    expect(run(3).completed).not.toBe(run(30).completed);
    expect(run(3).started).toBe(run(30).started);
  });

  test('the draws of one stream do not depend on what another is asked for', () => {
    const alone = createRandomStream(9, 3, 'arrivals', 0);
    const beside = createRandomStream(9, 3, 'arrivals', 0);
    const other = createRandomStream(9, 3, 'rests', 0);
    for (let i = 0; i < 100; i++) {
      other.nextFloat();
      expect(beside.nextFloat()).toBe(alone.nextFloat());
    }
  });

  test.each([
    { scope: 'query', heldSec: 1 + 1 },
    { scope: 'turn', heldSec: 1 + 4 + (1 + 1 + 1) },
    { scope: 'session', heldSec: 1 + 4 + 10 + 1 + (1 + 1 + 1) },
  ] as const)('held per $scope, a slot is taken for $heldSec s of 20', ({ scope, heldSec }) => {
    const workload = workloadOf([
      ['turnStart', 0],
      ['modelCall', 1],
      ['query', 1],
      ['modelCall', 4],
      ['think', 10],
      ['turnStart', 0],
      ['toolCall', 1],
      ['query', 1],
      ['modelCall', 1],
      ['toolCall', 1],
    ]);
    const pool = { holdingScope: scope };
    const scenario = scenarioOf({ load: closed(1), slots: 1, pool, horizonSec: 20_000 });
    const { holdBalance } = runReplication(workload, scenario, job(1));
    expect(Math.abs(holdBalance.integralSec - 1_000 * heldSec)).toBeLessThanOrEqual(20);
  });

  test('an acquire that times out fails its session, and the slot goes to those who still wait', () => {
    const workload = workloadOf([['query', 10]]);
    const scenario = scenarioOf({
      load: closed(5, 1),
      slots: 1,
      pool: { acquireTimeoutSec: 3 },
    });
    const { sessions, windows } = runReplication(workload, scenario, job(5));
    expect(sessions.failedAcquireTimeout).toBeGreaterThan(100);
    expect(Math.max(...windows.map(({ waitSec }) => waitSec.max))).toBeLessThanOrEqual(3 + 1e-9);
    expect(sessions.completed).toBeGreaterThan(90);
  });

  test('a loop that could not move the clock is cut off at its event limit', () => {
    const workload = workloadOf([['query', 1e-300]]);
    const scenario = scenarioOf({ load: closed(2), slots: 1 });
    const result = runReplication(workload, scenario, { ...job(2), maxEvents: 1_000 });
    expect(result.events).toBeLessThan(5_000);
  });

  test('sessions without any duration are refused with a sentence', () => {
    const scenario = scenarioOf({ load: closed(2), slots: 1 });
    expect(() => runReplication(workloadOf([['query', 0]]), scenario, job(2))).toThrow(RangeError);
  });
});

describe('drawLoopEntry', () => {
  test('an agent is found in an operation as often as it spends time there', () => {
    const workload = workloadOf([
      ['think', 6],
      ['turnStart', 0],
      ['modelCall', 1],
      ['query', 3],
    ]);
    const programs = prepareSessionPrograms(workload, 1);
    const stream = createRandomStream(5, 0, 'entries', 0);
    const seen = [0, 0, 0, 0, 0];
    const draws = 20_000;
    for (let i = 0; i < draws; i++) seen[drawLoopEntry(programs, 10, 'query', stream).op + 1]++;
    const shares = seen.map((count) => count / draws);
    [0.5, 0.3, 0, 0.05, 0.15].forEach((share, i) => {
      expect(Math.abs(shares[i] - share)).toBeLessThan(0.015);
    });
  });
});
