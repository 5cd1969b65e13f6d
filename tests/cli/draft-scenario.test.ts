import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCode } from '@/lib/cli/exit-code';
import { generateTrace } from '@/lib/sample/generate-trace';
import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { commandEntry, runProcess } from './run-process';

const sessions = 24;
let root: TestRoot;
const inStore = (...args: string[]) => runProcess(root.dir, [...args, '--data-dir', 'data']);

beforeAll(async () => {
  root = await openTestRoot({
    ...commandEntry,
    'scenario-worker': 'lib/jobs/scenario-worker.ts',
  });
  const lines = generateTrace({ scenario: 'support', sessions, seed: 5, startMs: 1.7e12 });
  writeFileSync(join(root.dir, 'trace.jsonl'), [...lines, ''].join('\n'));
  await inStore('import', 'trace.jsonl', '--project', 'Drafted');
});
afterAll(() => root.remove());

describe('from imported traces to a scenario', () => {
  test('the draft of a project is a file without anything to be said against it', async () => {
    const drafted = await inStore('simulate', '--draft', '--project', 'Drafted');
    expect(drafted.stderr).toBe('');
    expect(drafted.code).toBe(exitCode.ok);
    const parsed = parseScenarioFile(drafted.stdout);
    expect(parsed).toMatchObject({ kind: 'scenario', warnings: [] });
    const said = drafted.stdout.replaceAll(/\n *# /g, ' ');
    expect(said).toContain(
      `Drafted from the traces of Drafted: ${sessions} of ${sessions} sessions.`,
    );
    expect(said).toContain(`${sessions} sessions started within`);

    writeFileSync(join(root.dir, 'draft.yaml'), drafted.stdout);
  });

  test('the file runs with the sessions of the project', async () => {
    const options = ['--project', 'Drafted', '--replications', '10', '--until', '36000', '--json'];
    const played = await inStore('simulate', 'draft.yaml', ...options);
    expect(played.code).toBe(exitCode.ok);
    const outcome = JSON.parse(played.stdout);
    expect(outcome.classes[0]).toMatchObject({ name: 'agent' });
    expect(outcome.classes[0].startedPerSec.mean).toBeGreaterThan(0);
    expect(outcome.resources.map(({ kind }: { kind: string }) => kind)).toEqual([
      'pool',
      'provider',
    ]);
  });

  test('one of them can be followed step by step', async () => {
    const options = ['--project', 'Drafted', '--trace-session', '1'];
    const traced = await inStore('simulate', 'draft.yaml', ...options);
    expect(traced.stdout).toContain('ends well');
  });

  test('without the project there are no sessions to play, which is said', async () => {
    const { code, stderr } = await inStore('simulate', 'draft.yaml');
    expect(code).toBe(exitCode.error);
    expect(stderr).toContain('plays imported sessions, and none are given');
  });

  test('a project that is not there is named', async () => {
    const { code, stderr } = await inStore('simulate', '--draft', '--project', 'Nothing');
    expect(code).toBe(exitCode.error);
    expect(stderr).toContain("There is no project 'Nothing'");
  });
});
