import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCode } from '@/lib/cli/exit-code';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { runCaptured } from './run-captured';

let root: TestRoot;
beforeAll(async () => {
  root = await openTestRoot();
  expect((await runCaptured(['tokens', '--project', 'p'])).code).toBe(exitCode.ok);
});
afterAll(() => root.remove());

const run = (...args: string[]) => runCaptured(['prices', ...args]);
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout);

function writeFile(name: string, value: unknown): string {
  const path = join(root.dir, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

describe('plimsoll prices', () => {
  test.each([
    [[]],
    [['nonsense']],
    [['__proto__']],
    [['show']],
    [['update']],
    [['update', 'a', 'b']],
    [['update', 'a', '--reset']],
    [['override', 'add', '--project', 'p']],
    [['alias', 'add', 'a', '--project', 'p']],
    [['override', 'add', 'm', '--discount', '3', '--project', 'p']],
  ])('%j is a mistake in the command line', async (args) => {
    expect((await run(...args)).code).toBe(exitCode.usage);
  });

  test('list and show print prices, show with the rule and the layer of every number', async () => {
    const list = await run('list', '--provider', 'anthropic', '--model', 'opus-4-5');
    expect(list.stdout).toMatch(/anthropic\/claude-opus-4-5 +\$5\.00 +\$0\.50 +\$6\.25 +\$10\.00/);
    const shown = await run('show', 'claude-opus-4-5-20251101', '--tier', 'batch');
    expect(shown.stdout).toContain('anthropic/claude-opus-4-5+batch, batch tier');
    expect(shown.stdout).toMatch(/input +\$2\.50 +supplement .*1\/2 of the standard input price/);
    expect(await json('show', 'claude-opus-4-5')).toMatchObject({
      prices: { input: { basePicoUsd: 5_000_000, source: { layer: 'base' } } },
    });
  });

  test('a model that no book knows is said to be unpriced, and is a failure', async () => {
    const { code, stderr } = await run('show', 'claude-opus-4-99');
    expect(code).toBe(exitCode.error);
    expect(stderr).toContain('unpriced, not free');
  });

  test('update takes a file, says what changes, and goes back', async () => {
    const prices = { input_mtok: 7, output_mtok: 9 };
    const models = [{ id: 'm-1', match: { equals: 'm-1' }, prices }];
    const path = writeFile('prices-2026-11-02.json', [
      { id: 'v', name: 'V', api_pattern: 'v', models },
    ]);
    expect((await run('update', path, '--dry-run')).stdout).toContain('Nothing was changed');
    const change = await json('update', path);
    expect(change).toMatchObject({ isStored: true, modelsAdded: 1, after: { date: '2026-11-02' } });
    expect((await run('list')).stdout).toContain('v/m-1');
    expect((await json('update', '--reset')).modelsRemoved).toBe(1);
    expect((await run('list', '--provider', 'v')).stdout).toContain('0 models');
  });

  test('update of a bad file says where it is bad', async () => {
    const models = [{ id: 'm', match: { equals: 'm' }, prices: { input_mtok: -1 } }];
    const path = writeFile('bad.json', [{ id: 'v', name: 'V', api_pattern: 'v', models }]);
    const { code, stderr } = await run('update', path);
    expect(code).toBe(exitCode.error);
    expect(stderr).toContain('0.models.0.prices');
    expect((await run('update', join(root.dir, 'absent.json'))).stderr).toContain('no file');
  });

  test('compare prints where files disagree with the book in use, and keeps what it is told to', async () => {
    const path = writeFile('langfuse.json', [
      {
        modelName: 'gpt-4.1',
        pricingTiers: [{ isDefault: true, prices: { input: 0.000004, output: 0.000008 } }],
      },
    ]);
    const compared = await run('compare', path);
    expect(compared.stdout).toMatch(/openai\/gpt-4\.1 +input +\$2\.00 +\$4\.00 +2(\.00)? ×/);
    expect((await json('compare')).books).toHaveLength(1);
    await run('compare', path, '--keep');
    expect(await json('compare')).toMatchObject({ modelsDisagreed: 1, pricesDisagreed: 1 });
  });

  test('an override with a price of input only says that output may have none', async () => {
    const add = ['override', '--project', 'p', 'add', 'acme-1'];
    const half = await run(...add, '--input', '2');
    expect(half.stderr).toContain(
      "No price of output is given. Where no book has one for 'acme-1'",
    );
    const whole = await run(...add, '--input', '2', '--output', '8');
    expect(whole.stderr).not.toContain('is given');
    const { overrides } = await json('override', '--project', 'p');
    for (const one of overrides) await run('override', 'remove', one.overrideId, '--project', 'p');
  });

  test('overrides and aliases of a project are added, seen in prices and removed', async () => {
    const project = ['--project', 'p'];
    const added = await json(
      ...['override', 'add', 'gpt-4.1*', '--input', '1.5', '--discount', '0.1'],
      ...['--from', '2026-01-01', '--note', 'contract 7', ...project],
    );
    const [{ overrideId }] = added.overrides;
    await json('alias', 'add', 'Prod-1', 'gpt-4.1', ...project);
    const shown = await run('show', 'prod-1', ...project, '--at', '2026-03-01');
    expect(shown.stdout).toMatch(/input +\$1\.50 +override .*alias "Prod-1" is "gpt-4\.1"/);
    expect(shown.stdout).toMatch(/output +\$7\.20 +override .*10 % off/);
    const before = await json('show', 'gpt-4.1', ...project, '--at', '2025-12-31');
    expect(before.prices.input.basePicoUsd).toBe(2_000_000);
    expect((await run('override', ...project)).stdout).toContain('contract 7');
    expect((await json('override', 'remove', overrideId, ...project)).overrides).toEqual([]);
    expect((await json('alias', 'remove', 'PROD-1', ...project)).aliases).toEqual([]);
  });
});
