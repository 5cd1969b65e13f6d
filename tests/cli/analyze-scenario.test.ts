import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCode } from '@/lib/cli/exit-code';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { runCaptured } from './run-captured';

const text = `plimsoll: 1
name: Two servers
horizonSec: 400
replications: 10
resources:
  servers: { kind: pool, slots: 2 }
classes:
  customers:
    arrivals: { kind: poisson, ratePerSec: 0.5 }
    program:
      - use: servers
        forSec: { law: exponential, mean: 1 }
slos:
  - { measure: utilization, resource: servers, atMost: 0.6 }
`;

describe('plimsoll simulate with an analysis', () => {
  let root: TestRoot;
  let path: string;

  beforeAll(async () => {
    root = await openTestRoot({ 'scenario-worker': 'lib/jobs/scenario-worker.ts' });
    path = join(root.dir, 'scenario.yaml');
    writeFileSync(path, text);
  });
  afterAll(() => root.remove());

  const run = (...args: string[]) => runCaptured(['simulate', path, ...args]);

  const runText = (changed: string, ...args: string[]) => {
    const other = join(root.dir, 'other.yaml');
    writeFileSync(other, changed);
    return runCaptured(['simulate', other, ...args]);
  };

  test('says up to which load the objectives hold, in sessions, and what gives way first', async () => {
    const { code, stdout } = await run('--find-limit', '--up-to', '8');
    expect(code).toBe(exitCode.ok);
    expect(stdout).toMatch(/^Every objective holds up to 2\.\d+ × the load/);
    expect(stdout).toContain('First to give way: Utilisation of servers at most 0.6');
    expect(stdout).toContain('A load of 1 is customers: 0.5 per s');
  });

  test('sizes a number, and gives the whole analysis as JSON', async () => {
    const { stdout } = await run('--size', 'resources.servers.slots', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      parameter: 'resources.servers.slots',
      value: 1, // ρ = 0.5
    });
  });

  test('draws where two numbers hold', async () => {
    const { stdout } = await run('--envelope', 'load=1,4:resources.servers.slots=1,8');
    expect(stdout).toMatch(/1 +holds +holds/);
    expect(stdout).toMatch(/4 +fails +holds/);
  });

  test('names the numbers that there are where the one asked for is none', async () => {
    const { code, stderr } = await run('--sweep', 'resources.servers.slot=1,2');
    expect(code).not.toBe(exitCode.ok);
    expect(stderr).toContain('resources.servers.slots');
  });

  test('takes one analysis at a time', async () => {
    const { code, stderr } = await run('--find-limit', '--sensitivity');
    expect(code).not.toBe(exitCode.ok);
    expect(stderr).toContain('One analysis at a time');
  });

  test.each([
    ['--find-limit'],
    ['--sensitivity'],
    ['--size', 'resources.servers.slots'],
    ['--envelope', 'load=1,2:resources.servers.slots=1,2'],
  ])('says what a scenario without objectives lacks: %s', async (...args) => {
    const { code, stderr } = await runText(text.slice(0, text.indexOf('slos:')), ...args);
    expect(code).toBe(exitCode.error);
    expect(stderr).toContain('say under `slos` what must hold');
    expect(stderr).not.toContain('Unexpected');
  });

  test('says which arrivals cannot be scaled, and what to do', async () => {
    const renewal = text.replace(
      '{ kind: poisson, ratePerSec: 0.5 }',
      '{ kind: renewal, gapSec: 2 }',
    );
    const { code, stderr } = await runText(renewal, '--find-limit');
    expect(code).toBe(exitCode.error);
    expect(stderr).toContain('vary `gapSec` of the class');
  });

  test('holds no value of a sweep where nothing is asked', async () => {
    const without = text.slice(0, text.indexOf('slos:'));
    const { stdout } = await runText(without, '--sweep', 'load=1');
    expect(stdout).toContain('no objective');
    expect(stdout).not.toContain('holds');
  });

  test('names the range of the numbers of a sweep', async () => {
    const { stderr } = await run('--sweep', 'load=1e9');
    expect(stderr).toContain('above 0 and below 1,000,000,000');
  });
});
