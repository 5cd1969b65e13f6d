import { describe, expect, test } from 'vitest';
import { prepareResponseCurve } from '@/lib/charts/prepare-response-curve';
import { exampleRun, loadPoint } from './example-run';

const options = { targetSec: 1, plannedPeak: 80 };

describe('prepareResponseCurve', () => {
  test('loads rise, and the axis ends half as far again past saturation', () => {
    const chart = prepareResponseCurve(exampleRun(), options);
    const agents = chart?.points.map((point) => point.agents) ?? [];
    expect(agents).toEqual([20, 40, 80, 100, 120, 160]);
    expect(chart?.agentTicks.at(-1)).toBeGreaterThanOrEqual(150);
    expect(chart?.agentTicks.at(-1)).toBeLessThan(300);
  });

  test('waits past saturation do not flatten the part that matters', () => {
    const chart = prepareResponseCurve(exampleRun(), options);
    expect(chart?.secTicks.at(-1)).toBeGreaterThanOrEqual(2.5);
    expect(chart?.secTicks.at(-1)).toBeLessThanOrEqual(8);
  });

  test('saturation carries its interval and its rule', () => {
    const chart = prepareResponseCurve(exampleRun(), options);
    expect(chart?.saturated).toMatchObject({
      fromAgents: 100,
      label: 'saturates at 100 (96 – 103)',
      rule: expect.stringMatching(/^largest load at which P95 ≤ 1(\.0)?\ss$/),
    });
  });

  test('a pool that does not saturate in the searched range has no shaded region', () => {
    const run = exampleRun();
    const saturation = { ...run.saturation, agents: 400 };
    const chart = prepareResponseCurve({ ...run, saturation }, options);
    expect(chart?.saturated).toBeNull();
    expect(chart?.summary).toContain('does not saturate up to 400');
  });

  test('a target that no load meets shades everything and says so', () => {
    const run = exampleRun();
    const saturation = { ...run.saturation, agents: null, interval95: null };
    const chart = prepareResponseCurve({ ...run, saturation }, options);
    expect(chart?.saturated?.fromAgents).toBe(1);
    expect(chart?.saturated?.label).toBe('no load meets the target');
  });

  test('overloaded loads are named in the table', () => {
    const chart = prepareResponseCurve(exampleRun(), options);
    expect(chart?.table.rows.find((row) => row[0]?.startsWith('160'))?.[0]).toContain('overloaded');
    expect(chart?.table.rows).toHaveLength(7);
  });

  test('a wait that is only a lower bound is marked as one', () => {
    const run = exampleRun();
    const pendingWaitShare = {
      mean: 0.2,
      interval95: [0.1, 0.3] satisfies [number, number],
      replications: 20,
    };
    const sweep = run.sweep.map((load) =>
      load.agents === 80 ? { ...load, pendingWaitShare } : load,
    );
    const chart = prepareResponseCurve({ ...run, sweep }, options);
    expect(chart?.summary).toContain('the P95 wait is at least');
    expect(chart?.table.rows.map((row) => row[2]?.startsWith('≥'))).toEqual(
      [20, 40, 80, 100, 120, 160, 400].map((agents) => agents === 80),
    );
  });

  test('the simulated time is what was simulated, not what was asked for', () => {
    const run = exampleRun();
    expect(prepareResponseCurve(run, options)?.method).toContain('20 replications of 1:00:00,');
    const sweep = run.sweep.map((load) =>
      load.agents === 400 ? { ...load, simulatedSec: 600 } : load,
    );
    expect(prepareResponseCurve({ ...run, sweep }, options)?.method).toContain(
      '20 replications of 10:00 to 1:00:00,',
    );
  });

  test('one load is not a curve', () => {
    const run = exampleRun({ sweep: [loadPoint(10, 0, 0.1)] });
    expect(prepareResponseCurve(run, options)).toBeNull();
  });
});

test('a load at which nothing was observed has no wait, and does not unsettle the axis', () => {
  const run = exampleRun();
  const silent = loadPoint(90, 0, 0.5);
  const none = { mean: 0, interval95: [0, 0] satisfies [number, number], replications: 0 };
  const pool = { ...silent.pool, waitSecP50: none, waitSecP95: none, waitSecP99: none };
  const sweep = [...run.sweep, { ...silent, pool }];
  const chart = prepareResponseCurve({ ...run, sweep }, { targetSec: 1, plannedPeak: 90 });
  expect(chart?.points.find((point) => point.agents === 90)?.p95Sec).toBeNaN();
  expect(chart?.secTicks.at(-1)).toBeGreaterThanOrEqual(2.5);
  expect(chart?.table.rows.find((row) => row[0] === '90')?.slice(2, 4)).toEqual(['—', '—']);
  expect(chart?.points.find((point) => point.agents === 90)?.p95Interval).toEqual([NaN, NaN]);
});
