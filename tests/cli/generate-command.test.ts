import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCode } from '@/lib/cli/exit-code';
import { runCaptured } from './run-captured';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plimsoll-generate-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('the same command line writes the same bytes, plain or compressed', async () => {
  const plain = join(root, 'trace.jsonl');
  const packed = join(root, 'trace.jsonl.gz');
  const options = ['--sessions', '6', '--seed', '3', '--json'];
  const first = await runCaptured(['generate', '--out', plain, ...options]);
  const second = await runCaptured(['generate', '--out', packed, ...options]);
  const text = readFileSync(plain, 'utf8');
  expect(gunzipSync(readFileSync(packed)).toString('utf8')).toBe(text);
  const lines = text.trimEnd().split('\n');
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  expect(JSON.parse(first.stdout)).toMatchObject({
    out: plain,
    sessions: 6,
    seed: 3,
    lines: lines.length,
    bytes: Buffer.byteLength(text),
  });
  expect(JSON.parse(second.stdout).bytes).toBe(Buffer.byteLength(text));
});

test('a place that cannot be written to is named in one line', async () => {
  const out = join(root, 'missing', 'trace.jsonl');
  const { code, stderr } = await runCaptured(['generate', '--out', out, '--sessions', '1']);
  expect(code).toBe(exitCode.error);
  expect(stderr).toBe(`plimsoll: ${out} cannot be written (ENOENT).\n`);
});
