import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCode } from '@/lib/cli/exit-code';
import { parsePolicy } from '@/lib/cli/parse-policy';
import { ReplayOutcome } from '@/lib/cost/replay/replay-outcome';
import { openTestRoot, type TestRoot } from '../db/test-root';
import { generateFile } from '../jobs/import-files';
import { commandEntry, runProcess } from './run-process';

describe('parsePolicy', () => {
  test.each([
    ['caching=none', { mode: 'none', minimumPrefixTokens: 1_024, blockTokens: 1 }],
    ['caching=implicit', { mode: 'implicit', minimumPrefixTokens: 1_024, blockTokens: 128 }],
    [
      'caching=explicit_1h,4096',
      { mode: 'explicit_1h', minimumPrefixTokens: 4_096, blockTokens: 1 },
    ],
    ['compaction=120k,2_500', { thresholdTokens: 120_000, summaryTokens: 2_500 }],
    ['sliding_window=8', { turns: 8 }],
    ['output_cap=1.5k', { tokens: 1_500 }],
    ['retrieval_memory=2000,3,10%', { retrievedTokens: 2_000, keptTurns: 3, skippedShare: 0.1 }],
    ['other_model=gpt-5', { model: 'gpt-5', fromModel: null, providerName: null, tokenRatio: 1 }],
    [
      'routing=30%,gpt-5,planner,1.2',
      { share: 0.3, model: 'gpt-5', agentName: 'planner', providerName: null, tokenRatio: 1.2 },
    ],
    ['batch_discount=0.5', { share: 0.5, agentName: null }],
    ['response_cache=.25', { hitShare: 0.25 }],
  ])('%s', (text, fields) => {
    expect(parsePolicy(text)).toEqual({ kind: text.slice(0, text.indexOf('=')), ...fields });
  });

  test.each([
    'caching',
    'caching=sometimes',
    'compaction=lots',
    'compaction=-5',
    'sliding_window=0',
    'response_cache=1.5',
    'routing=0.5',
    'toString=1',
    '__proto__=1',
    '',
  ])("'%s' is refused with how it is written", (text) => {
    expect(() => parsePolicy(text)).toThrow('--policy');
  });
});

describe('a policy that cannot be', () => {
  test.each([
    ['compaction=-5', 'THRESHOLD is a whole number from 1,000 to 100,000,000'],
    ['compaction=1e30', 'THRESHOLD is a whole number from 1,000 to 100,000,000'],
    ['compaction=120k,many', 'SUMMARY is a whole number from 0 to'],
    ['tool_result_cap=abc', 'TOKENS is a whole number from 0 to'],
    ['output_cap=0', 'TOKENS is a whole number from 1 to'],
    ['response_cache=150%', 'SHARE is a share from 0 to 1'],
    ['other_model=', 'MODEL is the name of a model'],
    ['other_model=a,b,0', 'TOKEN_RATIO is a number above 0'],
    ['caching=sometimes', 'the first value is none, implicit'],
  ])('%s is refused with the name of the value and its range', (text, words) => {
    const parse = () => parsePolicy(text);
    expect(parse).toThrow(words);
    expect(parse).toThrow(`got '${text}'.`);
    expect(parse).not.toThrow(/NaN|Invalid|Tokens|hitShare/);
  });
});

describe('plimsoll policies', () => {
  let root: TestRoot;
  const run = (...args: string[]) => runProcess(root.dir, [...args, '--data-dir', 'data']);

  beforeAll(async () => {
    root = await openTestRoot(commandEntry);
    writeFileSync(join(root.dir, 'trace.jsonl'), generateFile('mixed', 40).text);
    await run('import', 'trace.jsonl', '--project', 'P');
  });
  afterAll(() => root.remove());

  test('the difference is printed as JSON and for people', async () => {
    const asked = ['policies', 'try', 'P', '--policy', 'caching=none'];
    const { code, stdout } = await run(...asked, '--json');
    expect(code).toBe(exitCode.ok);
    const outcome = ReplayOutcome.parse(JSON.parse(stdout));
    expect(outcome.sessions).toBe(40);
    expect(outcome.costUsd?.mean.interval95).not.toBeNull();
    expect(outcome.byBucket.find(({ name }) => name === 'cacheRead')?.changedUsd ?? 0).toBe(0);

    const people = await run(...asked, '--resamples', '0');
    expect(people.stdout).toMatch(/^no prompt caching:\n40 sessions, [\d,]+ calls/);
    expect(people.stdout).toContain('Cost, mean');
    expect(people.stdout).not.toMatch(/undefined|NaN|\[object/);
  });

  test('policies of a file come before those of the command line', async () => {
    const list = [{ kind: 'response_cache', hitShare: 1 }];
    writeFileSync(join(root.dir, 'policies.json'), JSON.stringify({ name: 'x', policies: list }));
    const { stdout } = await run(
      ...['policies', 'try', 'P', '--file', 'policies.json', '--policy', 'output_cap=50', '--json'],
    );
    const answer = JSON.parse(stdout);
    expect(answer.policies.map(({ kind }: { kind: string }) => kind)).toEqual([
      'response_cache',
      'output_cap',
    ]);
    expect(answer.costUsd.total.changed).toBe(0);
    expect(answer.callsRemoved).toBe(answer.calls);
  });

  test('what cannot be tried is refused by name', async () => {
    const nothing = await run('policies', 'try', 'P');
    expect(nothing.code).toBe(exitCode.usage);
    expect(nothing.stderr).toContain('--policy KIND=VALUES');
    const set = await run('policies', 'try', 'P', '--set', 'None such');
    expect(set.code).toBe(exitCode.error);
    expect(set.stderr).toContain("There is no policy set 'None such'.");
    const project = await run('policies', 'try', 'Nobody', '--policy', 'caching=none');
    expect(project.code).toBe(exitCode.error);
    const action = await run('policies', 'guess', 'P');
    expect(action.code).toBe(exitCode.usage);
  });
});
