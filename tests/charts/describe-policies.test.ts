import { describe, expect, test } from 'vitest';
import { describePolicies } from '@/lib/charts/describe-policies';
import { change, costUsd, replayOutcome } from './example-outcome';

const withMean = (mean: ReturnType<typeof change>) =>
  replayOutcome({ costUsd: { ...costUsd, mean } });
const headlineOf = (mean: ReturnType<typeof change>, named: string | null = 'Compaction at 120k') =>
  describePolicies(withMean(mean), named).headline;

describe('the finding of policies', () => {
  test('is what a session costs and would cost, with the interval of the difference', () => {
    expect(headlineOf(change(1.24, 0.71, [-0.58, -0.47]))).toBe(
      'Compaction at 120k would cut a session from $1.24 to $0.71 (−43\u00a0%, 95 %: −47 to −38)',
    );
    expect(headlineOf(change(1, 1.5, [0.4, 0.6]))).toMatch(
      /would raise .* \(\+50\u00a0%, 95 %: \+40 to \+60\)/,
    );
  });

  test('says that chance may be behind a difference whose interval holds zero', () => {
    expect(headlineOf(change(1, 0.95, [-0.2, 0.1]))).toContain('told from chance');
  });

  test('says that sessions are too few instead of giving an interval', () => {
    expect(headlineOf(change(1, 0.5))).toContain('too few sessions for an interval');
  });

  test('misses no interval that is still being drawn', () => {
    const outcome = withMean(change(1, 0.5));
    expect(describePolicies(outcome, 'Batch', { isDrawing: true }).headline).toBe(
      'Batch would cut a session from $1.00 to $0.50 (−50\u00a0%)',
    );
  });

  test('is today where nothing is chosen, and no change where nothing changes', () => {
    expect(headlineOf(change(1.24, 1.24, [0, 0]), null)).toBe('As today: $1.24 a session');
    expect(headlineOf(change(1.24, 1.24, [0, 0]))).toContain('would change nothing here');
  });

  test.each([
    ['no session has a priced call', null],
    ['every session is free', { ...costUsd, mean: change(0, 0) }],
  ])('claims nothing where %s', (_, cost) => {
    expect(describePolicies(replayOutcome({ costUsd: cost }), 'Compaction').headline).toBe(
      'No session has a cost that policies could change',
    );
  });

  test('says of a model without a price that it has none, whatever the numbers are', () => {
    const { headline } = describePolicies(withMean(change(1.24, 1.24, [0, 0])), 'nonsense', {
      unpriced: ['nonsense'],
    });
    expect(headline).toBe('nonsense cannot be priced: the price book has no prices for nonsense');
  });

  test('does not sell a cache that recorded costs show at work', () => {
    const outcome = withMean(change(1, 0.5, [-0.6, -0.4]));
    const { headline } = describePolicies(outcome, 'Implicit caching', { isCacheHad: true });
    expect(headline).toContain('would cut list cost from $1.00 to $0.50');
    expect(headline).toContain('already at work');
  });

  test('tells of a sample and of calls that were left out, and of neither where there is none', () => {
    const { lede } = describePolicies(
      replayOutcome({ sessionsInStore: 50_000, unpricedCalls: 1 }),
      null,
    );
    expect(lede).toContain('a sample of 50,000 sessions');
    expect(lede).toContain('1 call without a price is left out');
    expect(describePolicies(replayOutcome(), null).lede).toBe(
      'Mean of 40 sessions with 400 calls, replayed at list prices.',
    );
  });
});
