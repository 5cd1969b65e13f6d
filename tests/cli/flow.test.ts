import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCode, exitCodeOfVerdict } from '@/lib/cli/exit-code';
import { ImportSummary } from '@/lib/contracts/import';
import { CostAnatomy } from '@/lib/cost/cost-anatomy';
import { CostModel } from '@/lib/cost/cost-model';
import { Assessment } from '@/lib/readiness/assessment';
import { Report } from '@/lib/report/report';
import { generateTrace } from '@/lib/sample/generate-trace';
import { SimulationRun } from '@/simulations/simulation-run';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { commandEntry, lastLine, runProcess } from './run-process';

const sessions = 12;
let root: TestRoot;
const inStore = (...args: string[]) => runProcess(root.dir, [...args, '--data-dir', 'data']);

beforeAll(async () => {
  root = await openTestRoot(commandEntry);
  const lines = generateTrace({ scenario: 'mixed', sessions, seed: 5, startMs: 1_793_577_600_000 });
  writeFileSync(join(root.dir, 'trace.jsonl'), [...lines, ''].join('\n'));
});
afterAll(() => root.remove());

describe('the whole flow without a browser', () => {
  test('import prints what was read, as one JSON document', async () => {
    const run = await inStore('import', 'trace.jsonl', '--project', 'Flow', '--json');
    expect(run.code).toBe(exitCode.ok);
    const summary = ImportSummary.strict().parse(JSON.parse(run.stdout));
    expect(summary).toMatchObject({ format: 'otlp-json', files: 1, sessions });
    expect(summary.calls).toBeGreaterThan(sessions);
    expect(summary.promptTokens).toBe(
      summary.usage.inputFresh +
        summary.usage.cacheRead +
        summary.usage.cacheWrite5m +
        summary.usage.cacheWrite1h +
        summary.usage.cacheWriteUnknownTtl,
    );
    expect(readdirSync(join(root.dataDir, 'uploads'))).toEqual([]);
  });

  test('cost prints the cost model with the number of sessions', async () => {
    const run = await inStore('cost', '--project', 'Flow', '--json');
    expect(run.code).toBe(exitCode.ok);
    const printed = JSON.parse(run.stdout);
    expect(printed.sessions).toBe(sessions);
    const model = CostModel.parse(printed);
    expect(model.listCostUsd).toBeGreaterThan(0);
    expect(model.costPerSessionUsd?.p95).toBeGreaterThanOrEqual(model.costPerSessionUsd?.p50 ?? 0);
    const { whole } = CostAnatomy.parse(printed.anatomy);
    expect(Number(whole.costPicoUsd) / 1e12).toBeCloseTo(model.listCostUsd, 9);
  });

  test('cost prints one table as CSV, whose costs add up to the total', async () => {
    const run = await inStore('cost', '--project', 'Flow', '--csv', 'parts');
    expect(run.code).toBe(exitCode.ok);
    const [header, ...rows] = run.stdout.trimEnd().split('\n');
    expect(header).toBe('part,cache_state,tokens,unpriced_tokens,list_cost_usd');
    const total = rows.reduce((sum, row) => sum + Number(row.split(',').at(-1)), 0);
    const model = await inStore('cost', '--project', 'Flow', '--json');
    expect(total).toBeCloseTo(JSON.parse(model.stdout).listCostUsd, 9);
    const wrong = await inStore('cost', '--project', 'Flow', '--csv', 'nothing');
    expect(wrong.code).toBe(exitCode.usage);
  });

  test('simulate runs the described pool and keeps it with the project', async () => {
    const pool = ['--agents', '12', '--slots', '4', '--hold', 'query', '--acquire-timeout', '0'];
    const run = await inStore(
      ...['simulate', '--project', 'Flow', ...pool],
      ...['--replications', '10', '--horizon', '600', '--json'],
    );
    expect(run.code).toBe(exitCode.ok);
    const { scenario } = SimulationRun.parse(JSON.parse(run.stdout));
    expect(scenario.load).toMatchObject({ kind: 'closed', agents: 12 });
    expect(scenario.pool).toMatchObject({
      slots: 4,
      holdingScope: 'query',
      acquireTimeoutSec: null,
    });
    const again = await inStore('simulate', '--project', 'Flow', '--horizon', '60', '--json');
    expect(SimulationRun.parse(JSON.parse(again.stdout)).scenario.pool).toEqual(scenario.pool);
  });

  test('readiness exits with its verdict', async () => {
    const run = await inStore('readiness', '--project', 'Flow', '--json');
    const assessment = Assessment.parse(JSON.parse(run.stdout));
    expect(run.code).toBe(exitCodeOfVerdict(assessment.verdict));
    // Twelve sessions are no evidence for a launch (LOAD-01 asks for 200).
    expect(run.code).not.toBe(exitCode.ok);
  });

  test('report freezes a snapshot and prints a link once', async () => {
    const options = ['--title', 'First look', '--share', '--expires-days', '3', '--json'];
    const run = await inStore('report', '--project', 'Flow', ...options);
    const printed = JSON.parse(run.stdout);
    const report = Report.parse(printed.report);
    expect(report.title).toBe('First look');
    expect(printed.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(run.code).toBe(exitCodeOfVerdict(report.assessment.verdict));
    // 256 bits in base64url are 43 characters.
    expect(printed.share.url).toMatch(/^https?:\/\/[^/]+\/share\/[\w-]{43}$/);
    const days =
      (Date.parse(printed.share.expiresAt) - Date.parse(printed.share.createdAt)) / 864e5;
    expect(days).toBeCloseTo(3, 3);
  });

  test('report --markdown prints Markdown alone on stdout', async () => {
    const run = await inStore('report', '--project', 'Flow', '--markdown');
    expect(run.stdout).toMatch(/^# /);
    expect(run.stderr).toContain('SHA-256');
  });

  test('cost prints lines for people too', async () => {
    const run = await inStore('cost', '--project', 'Flow');
    expect(run.stderr).toBe('');
    expect(run.stdout.split('\n').length).toBeGreaterThan(5);
    expect(run.stdout).not.toMatch(/undefined|NaN|\[object/);
  });
});

describe('what cannot be done ends in one line', () => {
  test('a repeat of files that are there is refused and leaves nothing behind', async () => {
    const run = await inStore('import', 'trace.jsonl', '--project', 'Flow', '--json');
    expect(run.code).toBe(exitCode.error);
    expect(JSON.parse(run.stdout).error.code).toBe('conflict');
    expect(lastLine(run.stderr)).toMatch(/^plimsoll: /);
    expect(readdirSync(join(root.dataDir, 'uploads'))).toEqual([]);
    const cost = await inStore('cost', '--project', 'Flow', '--json');
    expect(JSON.parse(cost.stdout).sessions).toBe(sessions);
  });

  test('a project that is not there is named', async () => {
    const run = await inStore('cost', '--project', 'Elsewhere', '--json');
    expect(run.code).toBe(exitCode.error);
    expect(JSON.parse(run.stdout).error.code).toBe('not_found');
    expect(run.stderr).toContain("'Elsewhere'");
  });

  test.each([
    { name: 'empty.jsonl', content: '' },
    { name: 'cut.jsonl.gz', content: Buffer.from('1f8b0800000000000003abca4c', 'hex') },
  ])('$name', async ({ name, content }) => {
    mkdirSync(join(root.dir, 'bad'), { recursive: true });
    writeFileSync(join(root.dir, 'bad', name), content);
    const run = await inStore('import', join('bad', name), '--project', 'Bad', '--json');
    expect(run.code).toBe(exitCode.error);
    expect(JSON.parse(run.stdout).error.message.length).toBeGreaterThan(20);
    expect(lastLine(run.stderr)).toMatch(/^plimsoll: /);
    expect(run.stderr).not.toContain('Unexpected');
    expect(readdirSync(join(root.dataDir, 'uploads'))).toEqual([]);
  });
});
