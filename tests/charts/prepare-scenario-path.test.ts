import { describe, expect, test } from 'vitest';
import { prepareScenarioPaths } from '@/lib/charts/prepare-scenario-path';
import { crowd, deskOutcome } from './example-scenario';

describe('a resource over time', () => {
  const outcome = deskOutcome();

  test('has as many points as the outcome, and its slots within the scale', () => {
    const { charts } = prepareScenarioPaths(outcome);
    expect(charts.map(({ name }) => name)).toEqual(['desk']);
    expect(charts[0].points).toHaveLength(outcome.paths.timeSec.length);
    expect(charts[0].slots).toBe(2);
    expect(charts[0].countTicks.at(-1)).toBeGreaterThanOrEqual(2);
    expect(charts[0].table.values).toHaveLength(charts[0].points.length);
  });

  test('where nothing ever happened is named instead of drawn', () => {
    expect(prepareScenarioPaths(outcome).idle).toEqual(['shelf']);
  });

  test('tells the queue at the end where it grows to it', () => {
    const [chart] = prepareScenarioPaths(deskOutcome({ classes: crowd })).charts;
    const last = chart.points.at(-1);
    expect(last?.waiting).toBeGreaterThan(500);
    expect(chart.heading).toMatch(/^desk: the queue grows to \d+ by the end$/);
    expect(chart.hasWaiting).toBe(true);
  });

  test('names the unit of time once, and no time after the end', () => {
    const [chart] = prepareScenarioPaths(outcome).charts;
    expect(chart.timeTicks.at(-1)?.text).toMatch(/\u00a0min$/);
    expect(chart.timeTicks.filter(({ text }) => text.includes('min'))).toHaveLength(1);
    expect(chart.timeTicks.at(-1)?.sec).toBeLessThanOrEqual(400);
  });

  test('ends where a run stopped', () => {
    const stopped = deskOutcome({ classes: crowd, maxEvents: 500 });
    const [chart] = prepareScenarioPaths(stopped).charts;
    expect(chart.endSec).toBe(stopped.simulatedSec);
    expect(chart.points.at(-1)?.timeSec).toBeLessThanOrEqual(stopped.simulatedSec);
  });
});
