import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exitCode } from '@/lib/cli/exit-code';
import { commands } from '@/lib/cli/run-command';
import { runCaptured } from './run-captured';

const names = commands.map((command) => command.name);

describe('help', () => {
  test.each([['--help'], ['-h'], ['help']])('%s lists every command', async (flag) => {
    const { code, stdout, stderr } = await runCaptured([flag]);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const name of names) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  test.each([[['--help']], ...names.map((name) => [[name, '--help']])])(
    '%j documents every exit code that it can end with',
    async (args) => {
      const { code, stdout } = await runCaptured(args);
      expect(code).toBe(0);
      const verdicts: readonly number[] = [exitCode.noGo, exitCode.conditional];
      const hasVerdict = ['--help', 'readiness', 'report'].includes(args[0] ?? '');
      for (const value of Object.values(exitCode)) {
        if (!hasVerdict && verdicts.includes(value)) continue;
        expect(stdout).toMatch(new RegExp(`^  ${value}\\s+\\S`, 'm'));
      }
    },
  );

  test.each(names)('%s --help names every option it takes', async (name) => {
    const command = commands.find((one) => one.name === name);
    const { stdout } = await runCaptured([name, '--help']);
    for (const option of command?.options ?? []) expect(stdout).toContain(`--${option.name}`);
    expect(stdout).toContain('--data-dir DIR');
    expect(stdout).toContain('--json');
    expect(stdout.split('\n').every((line) => line.length <= 110)).toBe(true);
  });

  test.each(['forecast', 'backtest', 'policies', 'prices', 'cost', 'import'])(
    '%s --help names no verdict, since it has none',
    async (name) => {
      const { stdout } = await runCaptured([name, '--help']);
      expect(stdout).not.toContain('GO');
      expect(stdout).toContain('64   the command line could not be understood');
    },
  );

  test.each(['readiness', 'report'])('%s --help names the codes of its verdicts', async (name) => {
    const { stdout } = await runCaptured([name, '--help']);
    expect(stdout).toMatch(/2 {4}NO-GO\n {2}3 {4}CONDITIONAL/);
  });

  test('no command at all is a usage error that shows the help', async () => {
    const { code, stdout, stderr } = await runCaptured([]);
    expect(code).toBe(exitCode.usage);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: plimsoll <command>');
  });

  test('--version prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect((await runCaptured(['--version'])).stdout).toBe(`${version}\n`);
  });
});

describe('usage errors', () => {
  test.each([
    { args: ['launch'], says: "no command 'launch'" },
    {
      args: ['prices', 'override', '--project', 'p', 'add', 'm', '--input', '-5'],
      says: 'A value that begins with a minus sign is written --input=-5.',
    },
    {
      args: ['prices', 'override', '--project', 'p', 'add', 'm', '--input=-5'],
      says: "--input takes a number from 0 to 1000000; got '-5'",
    },
    { args: ['cost'], says: '--project NAME is needed' },
    { args: ['cost', '--project', ' '], says: '--project NAME is needed' },
    { args: ['cost', '--project', 'a', 'b'], says: 'takes no argument' },
    { args: ['cost', '--colour'], says: '--colour' },
    { args: ['import', '--project', 'a'], says: 'at least one file' },
    { args: ['simulate', '--project', 'a', '--replications', '3'], says: 'from 10 to 1000' },
    { args: ['simulate', '--project', 'a', '--seed', '1.5'], says: 'whole number' },
    { args: ['report', '--project', 'a', '--expires-days', '3'], says: '--share' },
    { args: ['report', '--project', 'a', '--markdown', '--json'], says: 'one of them' },
    { args: ['generate'], says: '--out FILE is needed' },
    { args: ['generate', '--out', '-', '--json'], says: 'one of them' },
    { args: ['generate', '--out', 'x', '--scenario', 'chat'], says: 'support, coding, swarm' },
    { args: ['generate', '--out', 'x', '--sessions', ''], says: 'from 1 to' },
    { args: ['generate', '--out', 'x', '--start', 'soon'], says: '2026-' },
  ])('$args exits with 64 and says: $says', async ({ args, says }) => {
    const { code, stderr } = await runCaptured(args);
    expect(code).toBe(exitCode.usage);
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('with --json the error is also one JSON document on stdout', async () => {
    const { code, stdout, stderr } = await runCaptured(['cost', '--json']);
    expect(code).toBe(exitCode.usage);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'usage', message: '--project NAME is needed.' },
    });
    expect(stderr).toMatch(/^plimsoll: --project NAME is needed\./);
  });
});

describe('a path that cannot be imported', () => {
  test.each([
    { path: 'no/such/file.jsonl', code: 'not_found', says: 'There is no file' },
    { path: '/dev/null', code: 'invalid_input', says: 'neither a file nor a directory' },
  ])('$path ends in a sentence before anything is opened', async ({ path, code, says }) => {
    const run = await runCaptured(['import', path, '--project', 'a', '--json']);
    expect(run.code).toBe(exitCode.error);
    expect(JSON.parse(run.stdout).error.code).toBe(code);
    expect(run.stderr).toContain(says);
    expect(run.stderr).toContain(path);
  });
});
