import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile } from '../jobs/import-files';
import { commandEntry, runProcess } from './run-process';

let root: TestRoot;
const run = (...args: string[]) => runProcess(root.dir, [...args, '--data-dir', 'data']);

beforeAll(async () => {
  root = await openTestRoot(commandEntry);
  const text = generateFile('support', 8).text.replaceAll(
    /("key":"gen_ai\.(?:request|response)\.model","value":\{"stringValue":")[^"]+/g,
    '$1acme-1',
  );
  writeFileSync(join(root.dir, 'trace.jsonl'), text);
  await run('import', 'trace.jsonl', '--project', 'Acme');
});
afterAll(() => root.remove());

test('the cost of calls without a price is unknown, not $0', async () => {
  const { stdout } = await run('cost', '--project', 'Acme');
  expect(stdout).toMatch(/^Acme: —, no call has a price, over 8 sessions/);
  const json = JSON.parse((await run('cost', '--project', 'Acme', '--json')).stdout);
  expect(json).toMatchObject({ listCostUsd: null, listCostUsdMax: null, sessions: 8 });
});

test('a re-price says how many calls stay without a price', async () => {
  const add = ['prices', 'override', '--project', 'Acme', 'add', 'acme-1', '--input', '2'];
  await run(...add);
  const { stdout } = await run('prices', 'reprice', '--project', 'Acme', '--dry-run');
  expect(stdout).toMatch(/\d+ calls have no price: /);
});
