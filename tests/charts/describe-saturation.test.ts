import { describe, expect, test } from 'vitest';
import { describeSaturation, explainAnalyticGap } from '@/lib/charts/describe-saturation';
import { exampleRun } from './example-run';

function runWith(saturation: Partial<ReturnType<typeof exampleRun>['saturation']>) {
  const run = exampleRun();
  return { ...run, saturation: { ...run.saturation, ...saturation } };
}

describe('describeSaturation', () => {
  test('names the pool and the load', () => {
    expect(describeSaturation(exampleRun()).headline).toBe(
      'The database pool saturates at 100 concurrent agents',
    );
  });

  test('a wide interval is not written as a point', () => {
    const run = runWith({ interval95: [60, 140] });
    expect(describeSaturation(run).headline).toContain('somewhere near 100');
  });

  test('a search that found no limit claims only how far it looked', () => {
    const run = runWith({ agents: 400, interval95: null });
    expect(describeSaturation(run).headline).toContain('does not saturate up to 400');
  });

  test('a target that no load meets is said', () => {
    const run = runWith({ agents: null, interval95: null });
    expect(describeSaturation(run).headline).toContain('misses its wait target at any load');
  });

  test('a wait that nothing was observed of is not written as 0', () => {
    const run = exampleRun();
    const pool = { ...run.atLoad.pool };
    pool.waitSecP95 = { mean: 0, interval95: [0, 0], replications: 0 };
    const { lede } = describeSaturation({ ...run, atLoad: { ...run.atLoad, pool } });
    expect(lede).toContain('no connection is asked for');
  });
});

describe('waits that were not over with the simulated time', () => {
  const ledeAt = (share: number) => {
    const { atLoad, ...run } = exampleRun();
    const pendingWaitShare = {
      mean: share,
      interval95: [share, share] satisfies [number, number],
      replications: 20,
    };
    return describeSaturation({ ...run, atLoad: { ...atLoad, pendingWaitShare } }).lede;
  };

  test('make the P95 wait a lower bound where it falls among them', () => {
    expect(ledeAt(0.9)).toMatch(/P95 wait is at least 600\sms, with 90\s% of waits not over/);
  });

  test('are counted beside it where it does not', () => {
    expect(ledeAt(0.02)).toMatch(/P95 wait is 600\sms, with 2\s% of waits not over/);
  });

  test('are no word where there are none', () => {
    expect(ledeAt(0)).toMatch(/P95 wait is 600\sms\. /);
  });
});

describe('explainAnalyticGap', () => {
  test('says nothing while the closed form lies inside the interval', () => {
    expect(explainAnalyticGap(runWith({ agentsAnalytic: 101 }))).toBeNull();
  });

  test.each([
    [150, 'not how much that varies'],
    [50, 'always at work'],
  ])('gives a reason when it says %d', (agentsAnalytic, words) => {
    expect(explainAnalyticGap(runWith({ agentsAnalytic }))).toContain(words);
  });

  test('has no opinion without an answer of either', () => {
    expect(explainAnalyticGap(runWith({ agentsAnalytic: null }))).toBeNull();
    expect(explainAnalyticGap(runWith({ agents: null }))).toBeNull();
  });
});
