import { describe, expect, test } from 'vitest';
import type { CheckResult } from '@/lib/readiness/assessment';
import { evaluateReadiness } from '@/lib/readiness/evaluate-readiness';
import type { ReadinessEvidence } from '@/lib/readiness/readiness-evidence';
import type { SystemDescription } from '@/lib/system/system-description';
import type { SimulationRun } from '@/simulations/simulation-run';
import {
  type FixtureCall,
  fixtureNow,
  makeCost,
  makeEvidence,
  makeLoadPoint,
  makeRun,
  makeSessionSet,
  soundSession,
  soundSet,
  soundSystem,
} from './evidence-fixture';

const check = (id: string, change: Partial<ReadinessEvidence>): CheckResult => {
  const { results } = evaluateReadiness(makeEvidence(change), {
    profile: 'external',
    now: fixtureNow,
  });
  const result = results.find(({ checkId }) => checkId === id);
  if (result === undefined) throw new Error(`There is no check ${id}.`);
  return result;
};
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');
const sessionsOf = (session: readonly FixtureCall[], count = 200) =>
  makeSessionSet(Array.from({ length: count }, () => session));
const withSystem = (change: Partial<SystemDescription>) => ({
  system: { ...soundSystem, ...change },
});

describe('LOAD-01', () => {
  test('199 sessions are too few and 200 are not', () => {
    expect(check('LOAD-01', { set: sessionsOf(soundSession, 199) }).status).toBe('fail');
    expect(check('LOAD-01', { set: sessionsOf(soundSession, 200) }).status).toBe('warn');
  });

  test('200 sessions within a day are too few hours', () => {
    const set = soundSet();
    const calls = {
      ...set.calls,
      startMs: new Float64Array(set.calls.length),
      endMs: new Float64Array(set.calls.length),
    };
    const result = check('LOAD-01', {
      set: { ...set, calls },
      dataQuality: { sessions: 200, firstCallAt: null, lastCallAt: null },
    });
    expect(result).toMatchObject({ status: 'fail', reason: 'sample_too_small' });
  });

  test('a sample counts the sessions of the whole store', () => {
    const set = { ...sessionsOf(soundSession, 30), sessionsInStore: 5_000 };
    expect(check('LOAD-01', { set }).observed?.value).toBe(5_000);
    expect(check('LOAD-01', { set }).status).toBe('warn');
  });
});

describe('LOAD-05', () => {
  const slow = (sec: number, change: Partial<FixtureCall> = {}): readonly FixtureCall[] => [
    ...soundSession,
    { kind: 'tool', startSec: 20, endSec: 20 + sec, tool: 'browse', digest: 'b', ...change },
  ];

  test('a finished call past 30 s proves that nothing cuts it off, and is named', () => {
    const result = check('LOAD-05', { set: sessionsOf(slow(45)) });
    expect(result.status).toBe('fail');
    expect(plain(result.detail)).toBe('A call of browse took 45.0 s, past 30.0 s.');
  });

  test('a call past its declared timeout contradicts the declaration', () => {
    const declaredTimeoutsSec = { ...soundSystem.declaredTimeoutsSec, browse: 10 };
    const result = check('LOAD-05', {
      set: sessionsOf(slow(12)),
      ...withSystem({ declaredTimeoutsSec }),
    });
    expect(result.status).toBe('fail');
  });

  test('without slow calls, what is not declared is listed', () => {
    const result = check('LOAD-05', { set: sessionsOf(slow(5)) });
    expect(result).toMatchObject({ status: 'unknown', reason: 'not_declared' });
    expect(result.detail).toContain('browse');
    expect(result.detail).not.toContain('postgres');
  });

  test('a declared timeout above 30 s is not a pass', () => {
    const declaredTimeoutsSec = { ...soundSystem.declaredTimeoutsSec, browse: 120 };
    const result = check('LOAD-05', {
      set: sessionsOf(slow(45)),
      ...withSystem({ declaredTimeoutsSec }),
    });
    expect(result.status).toBe('warn');
  });

  test('declared timeouts without one timed call are unknown', () => {
    const untimed = soundSession.map(({ startSec, endSec, ...call }) => call);
    expect(check('LOAD-05', { set: sessionsOf(untimed) }).status).toBe('unknown');
  });

  test('a name like a built-in property is not taken for a declaration', () => {
    const result = check('LOAD-05', { set: sessionsOf(slow(5, { tool: 'constructor' })) });
    expect(result.status).toBe('unknown');
  });
});

describe('MEM-10', () => {
  const withWindow = (tokens: number) => withSystem({ contextWindowTokens: { 'model-a': tokens } });

  test.each([
    { window: 100_000, status: 'pass', because: '1,200 of 100,000 tokens' },
    { window: 1_499, status: 'fail', because: 'P95 above 80 %' },
    { window: 1_000, status: 'fail', because: 'prompts above the window' },
  ])('$status: $because', ({ window, status }) => {
    expect(check('MEM-10', withWindow(window)).status).toBe(status);
  });

  test('a model without a window is named', () => {
    const result = check('MEM-10', withSystem({ contextWindowTokens: {} }));
    expect(result).toMatchObject({ status: 'unknown', reason: 'not_declared' });
    expect(result.detail).toContain('model-a');
  });

  test('the window of the price book is used where none is declared', () => {
    const result = check('MEM-10', {
      ...withSystem({ contextWindowTokens: {} }),
      contextWindowTokens: () => 100_000,
    });
    expect(result.status).toBe('pass');
  });

  test('usage on too few calls fails, and on none is unknown', () => {
    const noUsage: FixtureCall = { kind: 'model', startSec: 11, endSec: 12 };
    expect(check('MEM-10', { set: sessionsOf([...soundSession, noUsage]) }).status).toBe('fail');
    expect(check('MEM-10', { set: sessionsOf([noUsage]) }).status).toBe('unknown');
  });
});

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
  test.each<[string, Partial<ReadinessEvidence>]>([
    ['there is none', { run: null }],
    ['it is stale', { isRunStale: true }],
    ['it tried another pool', { run: makeRun({ scenario: otherPool }) }],
    ['its arrivals are open', { run: makeRun({ scenario: open }) }],
    ['its load is below the planned peak', { run: makeRun({ scenario: smaller }) }],
    ['no planned peak is declared', withSystem({ plannedPeakAgents: null })],
    ['it held another wait target', withSystem({ waitTargetP95Sec: 7 })],
  ])('a run decides nothing when %s', (_, change) => {
    expect(check('POOL-01', change).status).toBe('unknown');
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
  const saturated = (change: Partial<SimulationRun['saturation']>) => ({
    run: makeRun({ saturation: { ...makeRun().saturation, ...change } }),
  });

  test.each([
    { at: 300, status: 'pass', because: '1.5 × 200 is just reached' },
    { at: 299.9, status: 'fail', because: 'it is just missed' },
  ])('N* of $at: $status, $because', ({ at, status }) => {
    expect(check('POOL-03', saturated({ agentsAtUtilization95: at })).status).toBe(status);
  });

  test('waits that miss their target at the peak fail whatever N* is', () => {
    expect(check('POOL-03', saturated({ agents: 199 })).status).toBe('fail');
    expect(check('POOL-03', saturated({ agents: null })).status).toBe('fail');
  });

  test('a search that did not reach 95 % counts as far as it went', () => {
    const notReached = { agentsAtUtilization95: null } as const;
    expect(check('POOL-03', saturated({ ...notReached, searchedUpTo: 300 })).status).toBe('pass');
    expect(
      check('POOL-03', saturated({ ...notReached, agents: 250, searchedUpTo: 250 })).status,
    ).toBe('unknown');
  });
});

describe('BLAST-10', () => {
  const repeat = (digests: readonly string[]): readonly FixtureCall[] => [
    ...soundSession,
    ...digests.map((digest, index) => ({
      kind: 'tool' as const,
      startSec: 20 + index,
      endSec: 20.5 + index,
      tool: 'poll',
      digest,
    })),
  ];

  test.each([
    { calls: 'xxxxx', status: 'fail', because: 'five times the same call' },
    { calls: 'xxxx', status: 'pass', because: 'four times is below the limit' },
    { calls: 'xyxyxyxyxy', status: 'fail', because: 'a cycle of two, five times' },
    { calls: 'xyzxyzxyzxyzxyz', status: 'fail', because: 'a cycle of three, five times' },
    { calls: 'xxyxxyxx', status: 'pass', because: 'repeats that move on' },
  ])('$calls: $because', ({ calls, status }) => {
    expect(check('BLAST-10', { set: sessionsOf(repeat([...calls])) }).status).toBe(status);
  });

  test('no loop and no declared cap is not known', () => {
    expect(check('BLAST-10', withSystem({ maxStepsPerSession: null }))).toMatchObject({
      status: 'unknown',
      reason: 'not_declared',
    });
  });

  test('a session above the cap fails', () => {
    expect(check('BLAST-10', withSystem({ maxStepsPerSession: 1 })).status).toBe('fail');
  });

  test('tool calls without arguments cannot be compared', () => {
    const set = sessionsOf(soundSession.map(({ digest, ...call }) => call));
    expect(check('BLAST-10', { set })).toMatchObject({
      status: 'unknown',
      reason: 'not_observable',
    });
  });
});

describe('ECON-01', () => {
  test.each([
    { target: 0.005, status: 'pass', because: 'the upper end is within it' },
    { target: 0.0045, status: 'warn', because: 'only the estimate is within it' },
    { target: 0.0039, status: 'fail', because: 'the estimate is above it' },
    { target: null, status: 'unknown', because: 'none is declared' },
  ])('target $target: $status, $because', ({ target, status }) => {
    const result = check('ECON-01', withSystem({ costTargetUsdP95: target }));
    expect(result.status).toBe(status);
    expect(result.detail).toContain('$0.004');
  });

  test('a pass needs an interval and the cost of all but 1 % of calls', () => {
    const cost = makeCost();
    if (cost.costPerSessionUsd === null) throw new Error('The fixture has a distribution.');
    const point = { ...cost.costPerSessionUsd, p95Interval95: null };
    const noInterval = makeCost({ costPerSessionUsd: point });
    expect(check('ECON-01', { cost: noInterval }).reason).toBe('inconclusive');
    const unpriced = makeCost({ coverage: { ...cost.coverage, unpricedCalls: 5 } });
    expect(check('ECON-01', { cost: unpriced }).reason).toBe('inconclusive');
  });
});

describe('ECON-03', () => {
  const growth = (change: Partial<NonNullable<ReturnType<typeof makeCost>['growth']>>) => {
    const { growth: fit } = makeCost();
    return { cost: makeCost({ growth: fit === null ? null : { ...fit, ...change } }) };
  };

  test('the upper end of the exponent decides', () => {
    expect(check('ECON-03', growth({})).status).toBe('pass');
    expect(check('ECON-03', growth({ exponentInterval95: [1, 1.3] })).reason).toBe('inconclusive');
    expect(check('ECON-03', growth({ exponent: null })).status).toBe('unknown');
    expect(check('ECON-03', growth({ exponent: 1.8, exponentInterval95: [1.7, 1.9] })).status).toBe(
      'fail',
    );
  });

  test('compaction that was seen is enough, compaction that is only declared is not', () => {
    const seen = growth({ exponent: 1.8, exponentInterval95: [1.7, 1.9], contextResets: 12 });
    const unseen = growth({ exponent: 1.8, exponentInterval95: [1.7, 1.9] });
    expect(check('ECON-03', seen).status).toBe('pass');
    expect(check('ECON-03', { ...unseen, ...withSystem({ hasCompaction: true }) }).status).toBe(
      'warn',
    );
  });
});

describe('ECON-06', () => {
  const coverage = (change: Partial<ReturnType<typeof makeCost>['coverage']>) => ({
    cost: makeCost({ coverage: { ...makeCost().coverage, ...change } }),
  });
  const priced = (date: string) =>
    coverage({ priceBook: { name: 'Price book', version: '1', date } });

  test.each([
    ['2026-08-13', 'pass'],
    ['2026-08-12', 'fail'],
    ['no date', 'unknown'],
  ])('a price book of %s: %s', (date, status) => {
    expect(check('ECON-06', priced(date)).status).toBe(status);
  });

  test('one unpriced token fails', () => {
    expect(check('ECON-06', coverage({ unpricedTokens: 1 })).status).toBe('fail');
  });

  test('calls without usage keep it from passing', () => {
    expect(check('ECON-06', coverage({ usageMissingCalls: 40 })).status).toBe('warn');
    expect(check('ECON-06', coverage({ usageMissingCalls: 400 })).status).toBe('unknown');
  });
});

describe('ECON-07', () => {
  test('the interval over sessions decides', () => {
    expect(check('ECON-07', {}).status).toBe('pass');
    const failing = soundSession.map((call, index) => ({ ...call, hasError: index === 3 }));
    const set = makeSessionSet(
      Array.from({ length: 200 }, (_, s) => (s < 19 ? failing : soundSession)),
    );
    const result = check('ECON-07', { set, cost: makeCost({ failedCostShare: 19 / 200 }) });
    expect(result).toMatchObject({ status: 'warn', reason: 'inconclusive' });
    expect(result.observed?.interval95?.[1]).toBeGreaterThan(0.1);
    expect(check('ECON-07', { cost: makeCost({ failedCostShare: 0.2 }) }).status).toBe('fail');
  });

  test('traces that record no error cannot show that nothing fails', () => {
    expect(
      check('ECON-07', { set: sessionsOf(soundSession), cost: makeCost({ failedCostShare: 0 }) }),
    ).toMatchObject({ status: 'unknown', reason: 'not_observable' });
  });
});

describe('ECON-13', () => {
  test.each([
    [0.95, 'pass'],
    [0.949, 'fail'],
    [null, 'unknown'],
  ] as const)('%s of spend attributed: %s', (attributedShare, status) => {
    expect(check('ECON-13', { cost: makeCost({ attributedShare }) }).status).toBe(status);
  });
});

describe('OBS-01', () => {
  test('the weakest field decides and is listed first', () => {
    const anonymous = soundSession.map((call) => ({ ...call, principal: null }));
    const result = check('OBS-01', { set: sessionsOf(anonymous) });
    expect(result.status).toBe('fail');
    expect(result.evidence).toHaveLength(7);
    expect(result.evidence[0]?.label).toBe('Calls with identity');
    expect(result.observed?.value).toBe(0);
  });

  test('two of 800 calls without input are within 99 %', () => {
    const [first, ...rest] = soundSession;
    if (first === undefined) throw new Error('The fixture has calls.');
    const bare = [{ ...first, hasInput: false }, ...rest];
    const set = makeSessionSet(
      Array.from({ length: 200 }, (_, s) => (s < 2 ? bare : soundSession)),
    );
    expect(check('OBS-01', { set }).status).toBe('pass');
  });
});
