import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openTestRoot, type TestRoot } from '../db/test-root';

const kills = 6;

const State = z.object({
  inCalls: z.array(z.string()),
  sessions: z.array(z.string()),
  calls: z.int(),
  repriced: z.int(),
  status: z.string().nullable(),
});
type State = z.infer<typeof State>;

let root: TestRoot;
beforeAll(async () => {
  root = await openTestRoot({ 'reprice-child': 'tests/jobs/reprice-child.ts' });
});
afterAll(() => root.remove());

interface ChildEnd {
  readonly found: State;
  /** Null where the process was killed before it ended. */
  readonly ended: State | null;
  readonly workMs: number;
}

/** Runs one process until it ends, or kills it some time after its re-price was asked for. */
function runChild(killAfterMs: number | null): Promise<ChildEnd> {
  const child = spawn(process.execPath, [join(root.dir, 'dist', 'reprice-child.mjs')], {
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
  const read = (word: string): State | null => {
    const line = text.split('\n').find((one) => one.startsWith(`${word} {`));
    return line === undefined ? null : State.parse(JSON.parse(line.slice(word.length + 1)));
  };
  return new Promise((resolve, reject) => {
    child.on('close', () => {
      const found = read('found');
      if (found === null) reject(new Error(`The process said nothing: ${text}`));
      else resolve({ found, ended: read('ended'), workMs: performance.now() - startedMs });
    });
  });
}

/** Calls and sessions tell of one state, in which no call is lost. */
function expectWhole(state: State | null, calls: number): void {
  expect(state?.sessions).toEqual(state?.inCalls);
  expect(state?.calls).toBe(calls);
}

test('a re-price that is killed at any moment leaves the calls and sessions of one state', async () => {
  const first = await runChild(null);
  const { calls } = first.found;
  expect(calls).toBeGreaterThan(0);
  expectWhole(first.found, calls);
  expectWhole(first.ended, calls);
  // Tools and calls that no book can price are alike in both states.
  expect(first.found.repriced).toBeLessThan(calls);
  expect(first.ended?.repriced).toBe(calls);

  let killed = 0;
  for (let attempt = 0; killed < kills && attempt < 4 * kills; attempt++) {
    const share = 0.02 + (0.96 * (attempt % kills)) / kills;
    const { found, ended } = await runChild(share * first.workMs);
    expectWhole(found, calls);
    if (ended === null) killed++;
    else expect(ended.repriced).toBe(calls);
  }
  expect(killed).toBe(kills);

  const last = await runChild(null);
  expectWhole(last.found, calls);
  expectWhole(last.ended, calls);
  expect(last.ended).toMatchObject({ repriced: calls, status: 'completed' });
}, 300_000);
