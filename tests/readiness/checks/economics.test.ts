import { describe, expect, test } from 'vitest';
import { makeCost, makeSessionSet, soundSession } from '../evidence-fixture';
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
