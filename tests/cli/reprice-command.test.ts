import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { exitCode } from '@/lib/cli/exit-code';
import { RepriceDiff } from '@/lib/contracts/reprice';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile } from '../jobs/import-files';
import { commandEntry, runProcess } from './run-process';

let root: TestRoot;
const inStore = (...args: string[]) => runProcess(root.dir, [...args, '--data-dir', 'data']);
beforeAll(async () => {
  root = await openTestRoot(commandEntry);
  writeFileSync(join(root.dir, 'trace.jsonl'), generateFile('support', 4).text);
});
afterAll(() => root.remove());

const Printed = z.object({
  isDryRun: z.boolean(),
  isCurrent: z.boolean(),
  diff: RepriceDiff.nullable(),
});

async function runReprice(...args: string[]) {
  const run = await inStore('prices', 'reprice', '--project', 'Own', '--json', ...args);
  expect(run.code, run.stderr).toBe(exitCode.ok);
  return Printed.parse(JSON.parse(run.stdout));
}

test('prices reprice only looks where it is asked to, and then changes what it said', async () => {
  await inStore('import', 'trace.jsonl', '--project', 'Own');
  expect(await runReprice()).toMatchObject({ isCurrent: true, diff: null });
  const discount = await inStore(
    ...['prices', 'override', 'add', '*', '--project', 'Own', '--discount', '0.25'],
  );
  expect(discount.code, discount.stderr).toBe(exitCode.ok);
  const looked = await runReprice('--dry-run');
  expect(looked).toMatchObject({ isDryRun: true, isCurrent: false });
  const { storedUsd, differenceUsd } = looked.diff?.total ?? {};
  expect(differenceUsd).toBeCloseTo(-(storedUsd ?? Number.NaN) / 4, 12);
  const done = await runReprice();
  expect(done.isCurrent).toBe(true);
  expect(done.diff).toEqual(looked.diff);
  expect(await runReprice()).toMatchObject({ isCurrent: true, diff: null });
});
