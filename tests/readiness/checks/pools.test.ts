import { describe, expect, test } from 'vitest';
import type { ReadinessEvidence } from '@/lib/readiness/readiness-evidence';
import type { SimulationRun } from '@/simulations/simulation-run';
import {
  estimateOf,
  type FixtureCall,
  makeLoadPoint,
  makeRun,
  makeSweep,
  soundSession,
  soundSystem,
} from '../evidence-fixture';
import { check, sessionsOf, withSystem } from './check-fixture';

describe('POOL-01', () => {
  const usedP99 = (used: number, spread = 1) => ({
    run: makeRun({ atLoad: makeLoadPoint(200, used, spread) }),
  });

  test.each([
    { used: 70, spread: 1, status: 'pass', reason: 'met' },
    { used: 79, spread: 3, status: 'warn', reason: 'inconclusive' },
    { used: 80, spread: 0, status: 'warn', reason: 'near_threshold' },
    { used: 95, spread: 0, status: 'fail', reason: 'not_met' },
  ])('P99 of $used ± $spread of 100 slots: $status', ({ used, spread, status, reason }) => {
    expect(check('POOL-01', usedP99(used, spread))).toMatchObject({ status, reason });
  });

  const open: SimulationRun['scenario'] = {
    ...makeRun().scenario,
    load: { kind: 'open', arrivalRatePerSec: 1 },
  };
  const smaller: SimulationRun['scenario'] = {
    ...makeRun().scenario,
    load: { kind: 'closed', agents: 199, restSecMean: 0 },
  };
  const otherPool: SimulationRun['scenario'] = {
    ...makeRun().scenario,
    pool: { ...soundSystem.pool, slots: 10_000 },
  };
  const slowThinking = { ...makeRun().scenario, thinkTimeFactor: 1_000 };
  const rested: SimulationRun['scenario'] = {
    ...makeRun().scenario,
    load: { kind: 'closed', agents: 200, restSecMean: 86_400 },
  };
  const unusable: [string, Partial<ReadinessEvidence>][] = [
    ['there is none', { run: null }],
    ['it is stale', { isRunStale: true }],
    ['it tried another pool', { run: makeRun({ scenario: otherPool }) }],
    ['its arrivals are open', { run: makeRun({ scenario: open }) }],
    ['it stretched think time', { run: makeRun({ scenario: slowThinking }) }],
    ['its agents rest between sessions', { run: makeRun({ scenario: rested }) }],
    ['it held another wait target', withSystem({ waitTargetP95Sec: 7 })],
  ];
  test.each<[string, Partial<ReadinessEvidence>]>([
    ...unusable,
    ['its load is below the planned peak', { run: makeRun({ scenario: smaller }) }],
    ['no planned peak is declared', withSystem({ plannedPeakAgents: null })],
  ])('a run decides nothing when %s', (_, change) => {
    expect(check('POOL-01', change).status).toBe('unknown');
  });

  test.each(unusable)('and POOL-03 neither, and both say what to do, when %s', (_, change) => {
    for (const id of ['POOL-01', 'POOL-03']) {
      const result = check(id, change);
      expect(result).toMatchObject({ status: 'unknown', reason: 'no_evidence', observed: null });
      expect(result.remedy).toMatch(/^Run /);
    }
  });

  test.each([
    { pending: 0.01, status: 'pass' },
    { pending: 0.2, status: 'warn' },
  ])('with $pending of the waits pending at the end: $status', ({ pending, status }) => {
    const pendingWaitShare = estimateOf(pending);
    const atLoad = { ...makeLoadPoint(200, 40), pendingWaitShare };
    expect(check('POOL-01', { run: makeRun({ atLoad }) }).status).toBe(status);
  });

  test('a load whose queue grows without end fails however few slots are in use', () => {
    const atLoad = { ...makeLoadPoint(200, 40), isOverloaded: true };
    expect(check('POOL-01', { run: makeRun({ atLoad }) }).status).toBe('fail');
  });

  test('assumed query times cannot pass', () => {
    const basis = { ...makeRun().basis, databaseSpans: 0 };
    expect(check('POOL-01', { run: makeRun({ basis }) })).toMatchObject({
      status: 'warn',
      reason: 'not_observable',
      basis: 'modelled',
    });
  });
});

describe('POOL-02', () => {
  const held: readonly FixtureCall[] = [
    { kind: 'database', startSec: 0, endSec: 10, tool: 'transaction', dependency: 'postgres' },
    { kind: 'model', startSec: 1, endSec: 3, prompt: 10, costPicoUsd: 1 },
    { kind: 'model', startSec: 2, endSec: 4, prompt: 10, costPicoUsd: 1 },
  ];

  test('database time under two overlapping model calls counts once: 3 of 10 s', () => {
    const result = check('POOL-02', { set: sessionsOf(held) });
    expect(result.observed?.value).toBeCloseTo(0.3, 12);
    expect(result).toMatchObject({
      status: 'fail',
      title: 'Connections are held during model calls',
    });
  });

  test('spans that only touch are not held', () => {
    const result = check('POOL-02', {});
    expect(result.observed?.value).toBe(0);
    expect(result).toMatchObject({
      status: 'pass',
      title: 'No connection is held during model calls',
    });
  });

  test('without database spans it is not known', () => {
    const basis = { ...makeRun().basis, heldWhileThinkingShare: null };
    const set = sessionsOf(soundSession.filter(({ kind }) => kind !== 'database'));
    expect(check('POOL-02', { set, run: makeRun({ basis }) })).toMatchObject({
      status: 'unknown',
      reason: 'not_observable',
      title: 'Whether connections are held during model calls is not known',
    });
  });
});

describe('POOL-03', () => {
  const saturated = (change: Partial<SimulationRun['saturation']>, sweep = makeSweep(600)) => ({
    run: makeRun({ saturation: { ...makeRun().saturation, ...change }, sweep }),
  });
  const full = (agentsAtUtilization95: number, fewest: number) =>
    saturated({ agentsAtUtilization95 }, makeSweep(fewest));

  test.each([
    { at: 350, fewest: 300.1, status: 'pass', because: '1.5 × 200 is just reached' },
    { at: 350, fewest: 299.9, status: 'warn', because: 'the upper end of utilisation misses it' },
    { at: 299.9, fewest: 250, status: 'fail', because: 'the estimate misses it' },
  ])('N* of $at, at least $fewest: $status, $because', ({ at, fewest, status }) => {
    expect(check('POOL-03', full(at, fewest)).status).toBe(status);
  });

  test('a doubt is told with the load it begins at', () => {
    const result = check('POOL-03', full(350, 280.5));
    expect(result).toMatchObject({ status: 'warn', reason: 'inconclusive' });
    expect(result.detail).toBe(
      'The pool is 95 % in use at 350 agents, against 1.5 × 200 = 300; it may be so from 280 agents on.',
    );
    expect(check('POOL-03', saturated({}, [])).reason).toBe('inconclusive');
  });

  test.each([
    ['a queue that grows without end', { isOverloaded: true }],
    ['waits that have not ended', { pendingWaitShare: estimateOf(0.2) }],
  ])('%s below the load needed keep it from passing', (_, change) => {
    const overloaded = { ...makeLoadPoint(290, 40), ...change };
    const [first, second, last] = makeSweep(600);
    if (first === undefined || second === undefined || last === undefined)
      throw new Error('Three.');
    const sweep = [first, second, overloaded, last];
    expect(check('POOL-03', saturated({}, sweep)).status).toBe('warn');
  });

  test('waits that miss their target at the peak fail whatever N* is', () => {
    expect(check('POOL-03', saturated({ agents: 199 })).status).toBe('fail');
    expect(check('POOL-03', saturated({ agents: null })).status).toBe('fail');
  });

  test('a search that did not reach 95 % counts as far as it went', () => {
    const upTo = (agents: number, fewest: number) =>
      saturated(
        { agentsAtUtilization95: null, agents: 250, searchedUpTo: agents },
        makeSweep(fewest, agents),
      );
    expect(check('POOL-03', upTo(300, 400)).status).toBe('pass');
    expect(check('POOL-03', upTo(300, 290)).status).toBe('warn');
    expect(check('POOL-03', upTo(250, 400)).status).toBe('unknown');
  });
});
