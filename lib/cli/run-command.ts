import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { version } from '@/package.json';
import { AppError } from '../errors';
import type { Command } from './command';
import { backtestCommand } from './commands/backtest-command';
import { costCommand } from './commands/cost-command';
import { forecastCommand } from './commands/forecast-command';
import { generateCommand } from './commands/generate-command';
import { importCommand } from './commands/import-command';
import { policiesCommand } from './commands/policies-command';
import { pricesCommand } from './commands/prices-command';
import { readinessCommand } from './commands/readiness-command';
import { reportCommand } from './commands/report-command';
import { simulateCommand } from './commands/simulate-command';
import { tokensCommand } from './commands/tokens-command';
import { type Connection, connect } from './connect';
import { type ExitCode, exitCode } from './exit-code';
import { commonOptions, renderCommandHelp, renderHelp } from './help-text';
import { OptionValues } from './option-values';
import { createOutput, type Output, type TextSink } from './output';
import { UsageError } from './usage-error';

/** The commands in the order in which a user meets them. */
export const commands: readonly Command[] = [
  importCommand,
  costCommand,
  backtestCommand,
  policiesCommand,
  forecastCommand,
  pricesCommand,
  simulateCommand,
  readinessCommand,
  reportCommand,
  tokensCommand,
  generateCommand,
];

/** What the command line runs in. */
export interface CommandEnvironment {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

interface ParsedCommandLine {
  readonly options: OptionValues;
  readonly positionals: readonly string[];
}

function parseCommandLine(command: Command, args: readonly string[]): ParsedCommandLine {
  const specs = [...command.options, ...commonOptions];
  const options = Object.fromEntries(
    specs.map(({ name, value, short, isMany }) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        ...(short === undefined ? {} : { short }),
        ...(isMany === true ? { multiple: true } : {}),
      },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      strict: true,
    });
    const wantsHelp = values.help === true;
    if (!command.takesFiles && positionals.length > 0 && !wantsHelp) {
      throw new UsageError(`${command.name} takes no argument; got '${positionals[0]}'.`);
    }
    return { options: new OptionValues(values), positionals };
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    throw new UsageError(describeParseError(error.message));
  }
}

/** The sentence for a value that begins with a minus sign, which looks like an option; else as it is. */
function describeParseError(message: string): string {
  const option = /^Option '(?:-\w, )?(--[\w-]+).*argument is ambiguous/.exec(message)?.[1];
  return option === undefined
    ? message
    : `${option} is followed by what looks like an option. A value that begins with a minus sign is written ${option}=-5.`;
}

/** Names a failure for `--json` and for people; anything unforeseen keeps its text to itself. */
function describeError(error: unknown, isAborted: boolean): { code: string; message: string } {
  if (isAborted)
    return { code: 'cancelled', message: 'Interrupted; what was running is cancelled.' };
  if (error instanceof UsageError) return { code: 'usage', message: error.message };
  if (error instanceof AppError) {
    const details = error.issues.map(({ path, message }) =>
      path === '' ? message : `${path}: ${message}`,
    );
    return { code: error.code, message: [error.message, ...details].join(' ') };
  }
  if (error instanceof TypeError && error.message === 'fetch failed') {
    return { code: 'internal', message: 'The server stopped answering. Start it and try again.' };
  }
  const name = error instanceof Error ? error.name : typeof error;
  return {
    code: 'internal',
    message: `Unexpected ${name}. Run again with PLIMSOLL_LOG_LEVEL=error to see where.`,
  };
}

function report(error: unknown, environment: CommandEnvironment, isJson: boolean): ExitCode {
  const isAborted = environment.signal.aborted;
  const described = describeError(error, isAborted);
  const hint = error instanceof UsageError ? ' See plimsoll --help.' : '';
  environment.stderr.write(`plimsoll: ${described.message.replaceAll('\n', ' ')}${hint}\n`);
  const isUnforeseen = described.code === 'internal' && error instanceof Error;
  if (isUnforeseen && (process.env.PLIMSOLL_LOG_LEVEL ?? 'silent') !== 'silent') {
    environment.stderr.write(`${error.stack ?? ''}\n`);
  }
  if (isJson) environment.stdout.write(`${JSON.stringify({ error: described }, null, 2)}\n`);
  if (isAborted) return exitCode.interrupted;
  return error instanceof UsageError ? exitCode.usage : exitCode.error;
}

async function runParsed(
  command: Command,
  { options, positionals }: ParsedCommandLine,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const dataDir = options.text('data-dir');
  // Every part of the process reads its settings from the environment, the workers' too.
  if (dataDir !== undefined) process.env.PLIMSOLL_DATA_DIR = resolve(dataDir);
  process.env.PLIMSOLL_LOG_LEVEL ??= 'silent';

  let connection: Connection | null = null;
  try {
    return await command.run({
      options,
      positionals,
      output,
      signal,
      connect: async () => {
        connection ??= await connect(signal);
        return connection;
      },
    });
  } finally {
    output.endProgress();
    await (connection as Connection | null)?.close();
  }
}

/**
 * Runs one command line.
 *
 * @param args what follows `plimsoll`
 * @returns the exit code; failures are said on stderr, and as JSON on stdout with `--json`
 */
export async function runCommand(
  args: readonly string[],
  environment: CommandEnvironment,
): Promise<ExitCode> {
  const { stdout } = environment;
  const isJson = args.includes('--json');
  try {
    const [name, ...rest] = args;
    if (name === '--version') {
      stdout.write(`${version}\n`);
      return exitCode.ok;
    }
    const isHelp = name === 'help' || name === '--help' || name === '-h';
    const wanted = isHelp ? rest[0] : name;
    const command = commands.find((one) => one.name === wanted);
    if (command === undefined) {
      if (wanted !== undefined) throw new UsageError(`There is no command '${wanted}'.`);
      (isHelp ? stdout : environment.stderr).write(renderHelp(commands));
      return isHelp ? exitCode.ok : exitCode.usage;
    }
    const parsed = parseCommandLine(command, isHelp ? [] : rest);
    if (isHelp || parsed.options.flag('help')) {
      stdout.write(renderCommandHelp(command));
      return exitCode.ok;
    }
    const output = createOutput({ ...environment, isJson: parsed.options.flag('json') });
    return await runParsed(command, parsed, output, environment.signal);
  } catch (error) {
    return report(error, environment, isJson);
  }
}
