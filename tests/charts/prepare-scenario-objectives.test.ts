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

test('an objective on times tells of how few they are where that leaves it undecided', () => {
  const outcome = deskOutcome({
    slos: [{ measure: 'responseSec', class: 'visitor', quantile: 0.95, atMost: 100 }],
  });
  const coverage = { of: 'sessions that succeeded', share: 0.11 } as const;
  const slos = outcome.slos.map((slo) => ({ ...slo, holds: null, coverage }));
  const table = prepareScenarioObjectives({ ...outcome, slos });
  expect(table?.rows[0].word).toBe('undecided');
  expect(table?.rows[0].interval).toMatch(/ – .+; of the sessions that succeeded: 11\u00a0%$/);
  expect(table?.csv[1].at(-1)).toBe('of the sessions that succeeded: 11\u00a0%');
  expect(prepareScenarioObjectives(outcome)?.rows[0]).toMatchObject({
    word: 'holds',
    interval: expect.not.stringContaining('of the'),
  });
});

test('a scenario without objectives has no table of them', () => {
  expect(prepareScenarioObjectives(deskOutcome())).toBeNull();
});
