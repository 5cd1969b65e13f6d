import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expandPaths } from '@/lib/cli/expand-paths';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plimsoll-paths-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(...parts: string[]): string {
  const path = join(root, ...parts);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, 'x');
  return path;
}

test('a directory stands for all files below it, in name order and named by their paths', async () => {
  write('b', 'second.jsonl');
  write('b', 'nested', 'first.json.gz');
  write('a.jsonl');
  write('.hidden', 'secret');
  const found = await expandPaths([root]);
  const top = basename(root);
  expect(found.map((file) => file.name)).toEqual([
    `${top}/a.jsonl`,
    `${top}/b/nested/first.json.gz`,
    `${top}/b/second.jsonl`,
  ]);
});

test('a link to a directory is not followed, so a loop ends', async () => {
  write('a.jsonl');
  symlinkSync(root, join(root, 'loop'));
  expect(await expandPaths([root])).toHaveLength(1);
});

test('files keep the order in which they are given', async () => {
  const late = write('z.jsonl');
  const early = write('a.jsonl');
  expect((await expandPaths([late, early])).map((file) => file.path)).toEqual([late, early]);
});

test('an empty directory is refused with its name', async () => {
  await expect(expandPaths([root])).rejects.toThrow(`${root} holds no files`);
});
