import { describe, expect, test } from 'vitest';
import { makeCost, soundSession } from '../evidence-fixture';
import { check, sessionsOf, withSystem } from './check-fixture';

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

  const steep = (change: Parameters<typeof growth>[0]) =>
    growth({ exponent: 1.95, exponentInterval95: [1.9, 2], ...change });

  test.each([
    { longSessions: 40, longSessionsWithReset: 40, status: 'pass', because: 'all were cut back' },
    { longSessions: 40, longSessionsWithReset: 27, status: 'pass', because: 'surely half were' },
    { longSessions: 40, longSessionsWithReset: 20, status: 'warn', because: 'perhaps half were' },
    { longSessions: 1, longSessionsWithReset: 1, status: 'warn', because: 'one says little' },
    {
      longSessions: 40,
      longSessionsWithReset: 19,
      status: 'fail',
      because: 'fewer than half were',
    },
  ])('$longSessionsWithReset of $longSessions long sessions: $status, $because', (seen) => {
    const { longSessions, longSessionsWithReset, status } = seen;
    const result = check('ECON-03', steep({ longSessions, longSessionsWithReset }));
    expect(result.status).toBe(status);
    if (status !== 'pass') expect(result.title).not.toContain('Compaction bounds');
  });

  test('one reset in 5,001 segments is no compaction', () => {
    const one = { contextResets: 1, segments: 5_001, longSessions: 1_250 };
    const result = check('ECON-03', steep({ ...one, longSessionsWithReset: 1 }));
    expect(result).toMatchObject({
      status: 'fail',
      title: expect.stringContaining('grows faster'),
    });
    expect(result.detail).toContain('history was cut back 1 time, in ');
    expect(check('ECON-03', steep({ contextResets: 1, segments: 5_001 })).status).toBe('fail');
  });

  test('compaction that is only declared is a doubt where no session is long enough to show it', () => {
    const declared = withSystem({ hasCompaction: true });
    expect(check('ECON-03', { ...steep({ longSessions: 0 }), ...declared }).status).toBe('warn');
    const unseen = steep({ longSessions: 40, longSessionsWithReset: 0 });
    expect(check('ECON-03', { ...unseen, ...declared }).status).toBe('fail');
  });

  test('compaction that is declared not to be there does not count', () => {
    const seen = steep({ longSessions: 40, longSessionsWithReset: 40 });
    expect(check('ECON-03', { ...seen, ...withSystem({ hasCompaction: false }) }).status).toBe(
      'fail',
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
    expect(check('ECON-06', coverage({ unpricedTokens: 1 })).detail).toMatch(
      /^1 token .*is unpriced/,
    );
  });

  test('calls without usage keep it from passing', () => {
    expect(check('ECON-06', coverage({ usageMissingCalls: 40 })).status).toBe('warn');
    expect(check('ECON-06', coverage({ usageMissingCalls: 400 })).status).toBe('unknown');
  });
});

describe('ECON-07', () => {
  const failed = (failedCostShare: number, failedCostInterval95: [number, number] | null) => ({
    cost: makeCost({ failedCostShare, failedCostInterval95 }),
  });

  test('the interval of the cost model decides', () => {
    expect(check('ECON-07', {}).status).toBe('pass');
    const result = check('ECON-07', failed(0.095, [0.05, 0.14]));
    expect(result).toMatchObject({ status: 'warn', reason: 'inconclusive' });
    expect(result.observed?.interval95).toEqual([0.05, 0.14]);
    expect(check('ECON-07', failed(0.01, null)).reason).toBe('inconclusive');
    expect(check('ECON-07', failed(0.2, [0.1, 0.3])).status).toBe('fail');
  });

  test('a failed session that is far dearer than another is a warning', () => {
    const cost = (failedCostRatio: number) => ({ cost: makeCost({ failedCostRatio }) });
    expect(check('ECON-07', cost(2)).status).toBe('pass');
    expect(check('ECON-07', cost(2.1)).status).toBe('warn');
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
