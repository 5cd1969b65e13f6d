import { describe, expect, test } from 'vitest';
import { runLines, simulateCommand } from '@/lib/cli/commands/simulate-command';
import type { Estimate, LoadPoint } from '@/simulations/simulation-run';
import { exampleRun } from '../charts/example-run';

const share = (mean: number): Estimate => ({ mean, interval95: [mean, mean], replications: 20 });

function textOf(changes: Partial<LoadPoint>): string {
  const run = exampleRun();
  return runLines({ ...run, atLoad: { ...run.atLoad, ...changes } }).join('\n');
}

describe('what simulate prints', () => {
  test('is no number where no replication observed the quantity', () => {
    const { pool } = exampleRun().atLoad;
    const nothing: Estimate = { mean: 0, interval95: [0, 0], replications: 0 };
    const text = textOf({ pool: { ...pool, waitSecP95: nothing }, turnSecP95: nothing });
    expect(text).toMatch(/Wait P95 +not observed +—/);
    expect(text).toMatch(/Turn P95 +not observed +—/);
  });

  test('says how many waits and turns the quantiles lack, and what that makes of them', () => {
    const text = textOf({ pendingWaitShare: share(0.9), turnsLeftOutShare: share(0.3) });
    expect(text).toMatch(/Waits not over at the end +90\s%/);
    expect(text).toMatch(/Turns left out of it +30\s%/);
    expect(text).toContain('The P95 wait is a lower bound');
    expect(textOf({ pendingWaitShare: share(0.02) })).not.toContain('lower bound');
  });

  test('states the simulated time where it is shorter than the horizon', () => {
    expect(textOf({ simulatedSec: 1_200 })).toContain('20 replications of 20:00:');
  });
});

test('the pool has slots, and an agent holds a connection', () => {
  const help = new Map(simulateCommand.options.map((option) => [option.name, option.help]));
  expect(help.get('slots')).toBe('slots in the pool');
  expect(help.get('hold')).toContain('an agent holds a connection');
});
