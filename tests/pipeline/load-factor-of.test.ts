import { expect, test } from 'vitest';
import { loadFactorOf } from '@/lib/queries/load-factor-of';
import type { SessionOutcomes } from '@/simulations/simulation-run';
import { exampleRun } from '../charts/example-run';

const outcomes = (completed: number, failedAcquireTimeout: number): SessionOutcomes => ({
  started: completed + failedAcquireTimeout + 3,
  completed,
  failedAcquireTimeout,
  unfinishedAtHorizon: 3,
});

test('sessions that succeed pay for those that failed, from nothing to all of it', () => {
  const factor = loadFactorOf(exampleRun({ outcomes: outcomes(80, 20) }));
  expect(factor).toMatchObject({ low: 1, high: 1.25 });
  expect(factor.source).toContain('20 of 100 ended sessions failed');
});

test.each([
  [null, 'No simulation was run'],
  [exampleRun({ outcomes: outcomes(80, 0) }), 'no session failed'],
  [exampleRun({ outcomes: outcomes(0, 9) }), 'no session was completed'],
])('the factor is 1 and says why: %#', (run, reason) => {
  const { low, high, source } = loadFactorOf(run);
  expect([low, high]).toEqual([1, 1]);
  expect(source).toContain(reason);
});
