import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { TokenUsage } from '@/lib/traces/call-record';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile } from './import-files';

const kills = 10;
const trace = generateFile('mixed', 200);

const Totals = z.object({ status: z.string(), modelCalls: z.int(), usage: TokenUsage });

let root: TestRoot;
let traceFile = '';
beforeAll(async () => {
  root = await openTestRoot({ 'import-child': 'tests/jobs/import-child.ts' });
  traceFile = join(root.dir, 'trace.jsonl');
  writeFileSync(traceFile, trace.text);
});
afterAll(() => root.remove());

interface ChildEnd {
  /** Null where the process was killed before it printed them. */
  readonly totals: z.infer<typeof Totals> | null;
  readonly workMs: number;
}

/** Runs one process until it ends, or kills it some time after it has begun to work. */
function runChild(killAfterMs: number | null): Promise<ChildEnd> {
  const child = spawn(process.execPath, [join(root.dir, 'dist', 'import-child.mjs'), traceFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  let startedMs = Number.NaN;
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    if (!Number.isNaN(startedMs) || !text.includes('running')) return;
    startedMs = performance.now();
    if (killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  });
  return new Promise((resolve) => {
    child.on('close', () => {
      const line = text.split('\n').find((one) => one.startsWith('{'));
      const totals = line === undefined ? null : Totals.parse(JSON.parse(line));
      resolve({ totals, workMs: performance.now() - startedMs });
    });
  });
}

function expectExact({ totals }: ChildEnd): void {
  expect(totals?.status).toBe('completed');
  expect(totals?.modelCalls).toBe(trace.modelSpans);
  const usage = totals?.usage;
  expect(usage?.output).toBe(trace.outputTokens);
  expect(
    (usage?.inputFresh ?? 0) + (usage?.cacheRead ?? 0) + (usage?.cacheWriteUnknownTtl ?? 0),
  ).toBe(trace.inputTokens);
}

test('an import that is killed ten times while it is at work ends with the exact totals', async () => {
  const whole = await runChild(null);
  expectExact(whole);

  let killed = 0;
  for (let attempt = 0; killed < kills && attempt < 5 * kills; attempt++) {
    const share = 0.1 + (0.8 * (attempt % kills)) / kills;
    const end = await runChild(share * whole.workMs);
    if (end.totals === null) killed++;
    else expectExact(end);
  }
  expect(killed).toBe(kills);

  expectExact(await runChild(null));
  expect(readdirSync(join(root.dataDir, 'uploads'))).toEqual([]);
}, 300_000);
