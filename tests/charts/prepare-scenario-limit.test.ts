import { describe, expect, test } from 'vitest';
import { prepareScenarioLimit } from '@/lib/charts/prepare-scenario-limit';
import type { AnalysisPoint, SaturationSearch } from '@/simulations/scenario-analysis';
import { deskScenario, seen, unseen } from './example-scenario';

const wait = 'P95 wait for desk at most 1 s';
const refused = 'Share of requests that fail at desk at most 0.01';

function point(value: number, waitSec: number, overloaded: readonly string[] = []): AnalysisPoint {
  return {
    value,
    slos: [
      { text: refused, observed: seen(0.001), atMost: 0.01, holds: true },
      { text: wait, observed: seen(waitSec), atMost: 1, holds: waitSec < 0.9 },
    ],
    holds: waitSec < 0.9,
    overloaded: [...overloaded],
    busiest: { resource: 'desk', utilization: seen(0.8) },
    stopReason: null,
  };
}

const search: SaturationSearch = {
  parameter: 'load',
  limit: 2,
  interval95: [2, 2.04],
  limits: [
    { text: wait, holdsUpTo: 2, failsFrom: 2.04 },
    { text: refused, holdsUpTo: 4, failsFrom: null },
  ],
  bindsFirst: { text: wait, resource: 'desk' },
  bindsNext: null,
  searchedUpTo: 4,
  rule: 'Largest value.',
  points: [point(1, 0.1), point(2, 0.8), point(2.04, 1.2), point(4, 90, ['desk'])],
};

const scenario = deskScenario({
  slos: [
    { measure: 'refusedShare', resource: 'desk', atMost: 0.01 },
    { measure: 'waitSec', resource: 'desk', quantile: 0.95, atMost: 1 },
  ],
});

describe('the limit of a scenario', () => {
  const limit = prepareScenarioLimit(search, scenario);

  test('is a factor on the load, and what that means for each class', () => {
    expect(limit.headline).toBe('Every objective holds up to 2× the load');
    expect(limit.lede).toContain('That is 2 sessions of class visitor a second.');
    expect(limit.lede).toContain(
      'First to give way: P95 wait for desk at most 1 s, with desk the busiest.',
    );
  });

  test('tells of each objective from where it fails, and up to where it was not seen to', () => {
    expect(limit.rows[0]).toEqual({ text: wait, holds: '2× the load', fails: '2.04× the load' });
    expect(limit.rows[1].fails).toBe('not up to 4×');
  });

  test('is drawn for the objective that binds first, in its unit', () => {
    expect(limit.chart?.points.map(({ observed }) => observed)).toEqual([0.1, 0.8, 1.2, 90]);
    expect(limit.chart?.atMostText).toBe('at most 1.0\u00a0s');
    expect(limit.chart?.table.rows[0]).toEqual([
      '1×',
      '100\u00a0ms',
      '90\u00a0ms – 110\u00a0ms',
      'holds',
    ]);
  });

  test('cuts off what grows without end, and says so', () => {
    expect(limit.chart?.valueTicks.at(-1)?.value).toBe(4);
    expect(limit.chart?.method).toContain('more than 4.0\u00a0s is cut off');
    expect(limit.chart?.points.map(({ isOverloaded }) => isOverloaded)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  test('is none where not even the first load holds', () => {
    const none = { ...search, limit: null, interval95: null, points: [point(0.5, 3)] };
    const { headline, chart } = prepareScenarioLimit(none, scenario);
    expect(headline).toBe('Not every objective holds even at 0.5× the load');
    expect(chart?.limit).toBeNull();
  });

  test('was not found where nothing fails up to the last load', () => {
    const open = { ...search, limit: 4, interval95: null, bindsFirst: null };
    expect(prepareScenarioLimit(open, scenario).headline).toBe(
      'Every objective holds up to 4× the load, the most that was tried',
    );
  });

  test('draws nothing of what was never observed', () => {
    const blind = search.points.map((one) => ({
      ...one,
      slos: one.slos.map((slo) => ({ ...slo, observed: unseen })),
    }));
    expect(prepareScenarioLimit({ ...search, points: blind }, scenario).chart).toBeNull();
  });
});
