import { describe, expect, test } from 'vitest';
import {
  baselineOf,
  isSameScenario,
  scenarioOf,
  systemOf,
} from '@/app/projects/[projectId]/simulation/what-if';
import { defaultSystemDescription } from '@/lib/system/system-description';
import { PoolStudy } from '@/simulations/pool-study';
import { workloadOf } from '../../../../simulations/example-workload';

const system = { ...defaultSystemDescription, plannedPeakAgents: 40 };
const tried = { ...baselineOf(system), agents: 90, slots: 7, waitTargetP95Sec: 2 };
const hours = (sessionHours: number) => workloadOf([['query', sessionHours * 3_600]]);

describe('systemOf', () => {
  test('saves the pool and the wait target, and leaves the declared peak alone', () => {
    expect(systemOf(tried, { system }, false)).toEqual({
      ...system,
      pool: { ...system.pool, slots: 7 },
      waitTargetP95Sec: 2,
    });
  });

  test('saves the load as the planned peak where that is asked for', () => {
    expect(systemOf(tried, { system }, true).plannedPeakAgents).toBe(90);
  });
});

describe('scenarioOf', () => {
  test('asks for a time that fits the observed sessions', () => {
    const scenario = scenarioOf(tried, { system }, hours(10));
    expect(PoolStudy.parse(scenario).horizonSec).toBe(40 * 3_600);
  });

  test('of a saved question is the scenario that was saved', () => {
    const after = { system: systemOf(tried, { system }, true) };
    const asked = scenarioOf(tried, { system }, hours(1));
    const again = scenarioOf(baselineOf(after.system), after, hours(1));
    expect(isSameScenario(asked, again)).toBe(true);
    expect(isSameScenario(asked, scenarioOf(tried, { system }, hours(2)))).toBe(false);
  });
});
