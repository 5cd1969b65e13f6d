import { describe, expect, test } from 'vitest';
import { estimateCell } from '@/lib/charts/prepare-scenario-cells';
import { prepareScenarioTables } from '@/lib/charts/prepare-scenario-tables';
import type { ScenarioOutcome } from '@/simulations/scenario-outcome';
import { crowd, deskOutcome, seen, unseen } from './example-scenario';

function cellOf(outcome: ScenarioOutcome, table: string, row: string, column: string) {
  const found = prepareScenarioTables(outcome).find(({ title }) => title === table);
  const at = found?.columns.indexOf(column) ?? -1;
  return found?.rows.find(({ name }) => name === row)?.cells[at];
}

describe('a cell', () => {
  test('has its unit and its interval', () => {
    const cell = estimateCell(seen(0.82), { quantity: 'Wait', unit: 's' });
    expect(cell).toMatchObject({
      text: '820\u00a0ms',
      doubt: '738\u00a0ms – 902\u00a0ms',
      isKnown: true,
    });
  });

  test('of what was not observed says so, and is no zero', () => {
    const cell = estimateCell(unseen, { quantity: 'Wait', unit: 's' });
    expect(cell).toMatchObject({ text: 'not observed', doubt: '', isKnown: false });
  });

  test('of one replication claims no interval', () => {
    const one = { mean: 2, interval95: [2, 2] as [number, number], replications: 1 };
    expect(estimateCell(one, { quantity: 'Wait', unit: 's' }).doubt).toBe('one replication');
  });
});

describe('the tables of a run', () => {
  const outcome = deskOutcome();

  test('give a resource without slots no utilisation, but how much is in use', () => {
    expect(cellOf(outcome, 'Resources', 'shelf', 'slots')?.text).toBe('unlimited');
    expect(cellOf(outcome, 'Resources', 'shelf', 'in use')?.text).toBe('0');
    expect(cellOf(outcome, 'Resources', 'desk', 'in use')?.text).toMatch(/^\S+\u00a0%$/);
    expect(cellOf(outcome, 'Resources', 'shelf', 'wait P95')?.text).toBe('not observed');
  });

  test('give waits of an overloaded resource as lower bounds without a steady state', () => {
    const overloaded = deskOutcome({ classes: crowd });
    expect(cellOf(overloaded, 'Resources', 'desk', 'wait P95')).toMatchObject({
      text: expect.stringMatching(/^≥/),
      doubt: 'no steady state',
    });
    expect(cellOf(overloaded, 'Classes of sessions', 'visitor', 'session P95')?.doubt).toBe(
      'no steady state',
    );
    expect(cellOf(outcome, 'Resources', 'desk', 'wait P95')?.doubt).toContain('–');
  });

  test('give times of sessions as lower bounds while many are not over, and say so', () => {
    const classes = outcome.classes.map((one) => ({ ...one, unfinishedShare: seen(0.12) }));
    const cut = { ...outcome, classes };
    expect(cellOf(cut, 'Classes of sessions', 'visitor', 'session P95')?.text).toMatch(/^≥/);
    const noteOf = (of: ScenarioOutcome) =>
      prepareScenarioTables(of).find(({ title }) => title === 'Classes of sessions')?.note;
    expect(noteOf(cut)).toMatch(/^12\s% of the sessions of visitor were not over at the end/);
    expect(cellOf(outcome, 'Classes of sessions', 'visitor', 'session P95')?.text).not.toMatch(/≥/);
    expect(noteOf(outcome)).not.toContain('not over');
  });

  test('tell that a class without a deadline has none, and of one with tokens what it costs', () => {
    expect(cellOf(outcome, 'Classes of sessions', 'visitor', 'in time')?.text).toBe('no deadline');
    expect(cellOf(outcome, 'Classes of sessions', 'visitor', 'cost per success')).toBeUndefined();
    const [visitor] = outcome.classes;
    const spent = { ...visitor, tokensPerSession: seen(900), costUsdPerSession: seen(0.04) };
    const paying = { ...outcome, classes: [spent] };
    expect(cellOf(paying, 'Classes of sessions', 'visitor', 'cost per success')?.text).toBe(
      '$0.0400',
    );
    const unpriced = { ...outcome, classes: [{ ...spent, unpricedTokenShare: seen(0.2) }] };
    expect(cellOf(unpriced, 'Classes of sessions', 'visitor', 'cost per success')?.text).toBe(
      'tokens without a price',
    );
  });

  test('leave out what the scenario does not have', () => {
    expect(prepareScenarioTables(outcome).map(({ title }) => title)).toEqual([
      'Resources',
      'Classes of sessions',
    ]);
    const probed = deskOutcome({ probeSec: [100] });
    expect(cellOf(probed, 'Under way at the asked times', '1:40', 'visitor')?.isKnown).toBe(true);
  });

  test('write every number unrounded, and nothing for one that is not known', () => {
    const [resources] = prepareScenarioTables(outcome);
    const line = (name: string, quantity: string) =>
      resources.csv.find((cells) => cells[0] === name && cells[1] === quantity);
    const { mean, interval95 } = outcome.resources[0].waitSec.p95;
    expect(line('desk', 'Wait P95')).toEqual([
      'desk',
      'Wait P95',
      's',
      mean,
      ...interval95,
      10,
      '',
    ]);
    expect(line('shelf', 'Wait P95')?.slice(3)).toEqual([null, null, null, 0, 'not observed']);
    expect(line('shelf', 'Utilisation')).toBeUndefined();
  });
});
