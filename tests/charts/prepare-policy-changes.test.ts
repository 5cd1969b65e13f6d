import { describe, expect, test } from 'vitest';
import { formatShareChange, formatSigned } from '@/lib/charts/describe-change';
import { preparePartChanges } from '@/lib/charts/prepare-part-changes';
import { preparePolicyChanges } from '@/lib/charts/prepare-policy-changes';
import { replayOutcome } from './example-outcome';

const names = { a: 'today', b: 'changed' };

describe('the table of a comparison', () => {
  test('gives each statistic on both sides with its difference, share and interval', () => {
    const { rows } = preparePolicyChanges(replayOutcome(), names);
    expect(rows[0]).toEqual({
      name: 'Mean session',
      today: '$1.24',
      changed: '$0.71',
      difference: '−$0.53',
      share: '−43\u00a0%',
      interval: '−$0.58 to −$0.47',
      isLower: true,
    });
    expect(rows.find(({ name }) => name === 'Tokens, mean session')?.difference).toBe('−30k');
  });

  test('has no interval where there is none, and empties it in the file', () => {
    const { rows, csv } = preparePolicyChanges(replayOutcome(), names);
    expect(rows[1]?.interval).toBeNull();
    expect(csv[2]).toEqual(['Median session', 'USD', 1, 0.6, -0.4, null, null]);
  });

  test('shows what is not known as a dash and neither higher nor lower', () => {
    const { rows, csv } = preparePolicyChanges(replayOutcome({ costUsd: null }), names);
    expect(rows[0]).toMatchObject({ today: '—', difference: '—', share: '—', isLower: null });
    expect(csv[1]).toEqual(['Mean session', 'USD', null, null, null, null, null]);
  });
});

describe('the parts of a comparison', () => {
  test('leave out what costs nothing on either side and keep what is new', () => {
    const { parts, total } = preparePartChanges(replayOutcome().byBucket, names);
    expect(parts.map(({ name }) => name)).toEqual(['inputFresh', 'cacheRead', 'output']);
    expect(parts[1]).toMatchObject({ today: '$0.00', changed: '$4.00', share: '—' });
    expect(total).toBe(3);
  });

  test('measure all bars by the longest', () => {
    const { parts } = preparePartChanges(replayOutcome().byBucket, names);
    expect(parts[0]).toMatchObject({ todayLength: 1, changedLength: 1 / 3 });
  });

  test('are the dearest of either side where there are many, and the file has all', () => {
    const costs = Array.from({ length: 20 }, (_, i) => ({
      name: `m${i}`,
      todayUsd: i,
      changedUsd: i === 0 ? 100 : 0,
    }));
    const { parts, csv, total } = preparePartChanges(costs, names, { most: 3, isSorted: true });
    expect(parts.map(({ name }) => name)).toEqual(['m0', 'm19', 'm18']);
    expect(total).toBe(20);
    expect(csv).toHaveLength(21);
  });
});

describe('a signed number', () => {
  test.each([
    [-0.5, '−0.5'],
    [0.5, '+0.5'],
    [0, '0'],
    [Number.NaN, '—'],
  ])('%s reads %s', (value, text) => {
    expect(formatSigned(value, String)).toBe(text);
  });

  test.each([
    [-0.4274, 1, '−43\u00a0%'],
    [-0.0421, 1, '−4.2\u00a0%'],
    [0.0001, 1, '+<\u00a00.1\u00a0%'],
    [1, 0, '—'],
  ])('%s of %s is %s', (difference, from, text) => {
    expect(formatShareChange(difference, from)).toBe(text);
  });
});
