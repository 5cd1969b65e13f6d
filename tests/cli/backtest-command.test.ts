import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exitCode } from '@/lib/cli/exit-code';
import { Backtest } from '@/lib/cost/backtest/backtest';
import { generateTrace } from '@/lib/sample/generate-trace';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { commandEntry, runProcess } from './run-process';

const sessions = 24;
let root: TestRoot;
const inStore = (...args: string[]) => runProcess(root.dir, [...args, '--data-dir', 'data']);

beforeAll(async () => {
  root = await openTestRoot(commandEntry);
  const lines = generateTrace({ scenario: 'mixed', sessions, seed: 5, startMs: 1_793_577_600_000 });
  writeFileSync(join(root.dir, 'trace.jsonl'), [...lines, ''].join('\n'));
  const run = await inStore('import', 'trace.jsonl', '--project', 'Backtest');
  expect(run.code).toBe(exitCode.ok);
});
afterAll(() => root.remove());

test('backtest prints every error of the project as one JSON document', async () => {
  const run = await inStore('backtest', '--project', 'Backtest', '--json');
  expect(run.code).toBe(exitCode.ok);
  const model = Backtest.parse(JSON.parse(run.stdout));
  expect(model.sessions + model.unpricedSessions + model.emptySessions).toBe(sessions);
  expect([model.time.kind, model.length.kind, model.prefix.kind]).toEqual(
    Array(3).fill('measured'),
  );
});

test('backtest shows ours beside both baselines', async () => {
  const { code, stdout } = await inStore('backtest', '--project', 'Backtest');
  expect(code).toBe(exitCode.ok);
  expect(stdout).toMatch(/Calls by agent and model {2,}\d/);
  expect(stdout).toMatch(/Baseline: mean × volume {2,}\d/);
  expect(stdout).toMatch(/Mean session {2,}\$/);
});
