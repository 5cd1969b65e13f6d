import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exitCode } from '@/lib/cli/exit-code';
import { ForecastResponse } from '@/lib/contracts/forecast';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile } from '../jobs/import-files';
import { commandEntry, runProcess } from './run-process';

let root: TestRoot;
const run = (...args: string[]) => runProcess(root.dir, [...args, '--data-dir', 'data']);
const forecast = (...args: string[]) => run('forecast', '--project', 'P', ...args);

beforeAll(async () => {
  root = await openTestRoot(commandEntry);
  writeFileSync(join(root.dir, 'trace.jsonl'), generateFile('mixed', 40).text);
  await run('import', 'trace.jsonl', '--project', 'P');
});
afterAll(() => root.remove());

test('a range is forecast with its budget, as JSON and for people', async () => {
  const asked = ['--sessions-per-day', '1200 to 2000', '--months', '3', '--budget', '10000'];
  const { code, stdout } = await forecast(...asked, '--growth', '5 to 10 %', '--json');
  expect(code).toBe(exitCode.ok);
  const answer = ForecastResponse.parse(JSON.parse(stdout));
  expect(answer.plan).toMatchObject({
    sessionsPerDay: { low: 1_200, high: 2_000 },
    growthPerMonth: { low: 0.05, high: 0.1 },
    months: 3,
    totalBudgetUsd: 10_000,
  });
  if (answer.forecast?.kind !== 'forecast') throw new Error('no forecast');
  expect(answer.forecast.months).toHaveLength(3);
  expect(answer.forecast.budgets.map(({ kind }) => kind)).toEqual(['total']);

  const people = await forecast(...asked);
  expect(people.stdout).toMatch(/^At 1,200 to 2,000 sessions a day the first month costs \$/);
  expect(people.stdout).toContain('The budget of $10,000 for 3 months is passed in');
  expect(people.stdout).toContain('Sessions a day within budget');
  expect(people.stdout).not.toMatch(/undefined|NaN|\[object/);
});

test('growth without a percent sign is percent, and ends the wrong way round are said', async () => {
  const { stdout, stderr } = await forecast('--growth', '10 to 5', '--json');
  expect(ForecastResponse.parse(JSON.parse(stdout)).plan.growthPerMonth).toEqual({
    low: 0.05,
    high: 0.1,
  });
  expect(stderr).toContain("--growth '10 to 5' is read as 5 to 10 %.");
});

test('what cannot be a range or a plan is refused by name', async () => {
  const words = await forecast('--sessions-per-day', 'many');
  expect(words.code).toBe(exitCode.usage);
  expect(words.stderr).toContain("--sessions-per-day takes a number or a range such as '20 to 40'");
  const start = await forecast('--start', 'tomorrow');
  expect(start.code).toBe(exitCode.usage);
  expect(start.stderr).toContain('startDate');
  const policies = await forecast('--policy-set', 'None such');
  expect(policies.code).toBe(exitCode.error);
  expect(policies.stderr).toContain("There is no policy set 'None such'.");
});
