import { expect, test } from 'vitest';
import { prepareScenarioObjectives } from '@/lib/charts/prepare-scenario-objectives';
import { deskOutcome } from './example-scenario';

test('objectives are judged and written in their own unit, those that fail first', () => {
  const table = prepareScenarioObjectives(
    deskOutcome({
      slos: [
        { measure: 'refusedShare', resource: 'desk', atMost: 0.01 },
        { measure: 'waitSec', resource: 'desk', quantile: 0.95, atMost: 0.001 },
        { measure: 'costUsdPerSession', class: 'visitor', atMost: 1 },
      ],
    }),
  );
  expect(table?.rows.map(({ word }) => word)).toEqual(['fails', 'not observed', 'holds']);
  expect(table?.rows[0].observed).toMatch(/\u00a0m?s$/);
  expect(table?.rows[1]).toMatchObject({ observed: 'not observed', interval: '', tone: 'unknown' });
  expect(table?.rows[2].observed).toBe('0\u00a0%');
  expect(table?.csv.map((line) => line[1])).toEqual(['Verdict', 'holds', 'fails', 'not observed']);
});

test('a scenario without objectives has no table of them', () => {
  expect(prepareScenarioObjectives(deskOutcome())).toBeNull();
});
