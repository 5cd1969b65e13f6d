import type { Command } from './command';
import { listExitCodes } from './exit-code';
import type { OptionSpec } from './option-values';
import { renderTable } from './text-table';

/** Options that every command takes. */
export const commonOptions: readonly OptionSpec[] = [
  {
    name: 'data-dir',
    value: 'DIR',
    help: 'data directory; default: PLIMSOLL_DATA_DIR, else .data in the checkout',
  },
  { name: 'json', help: 'print one JSON document on stdout' },
  { name: 'help', short: 'h', help: 'print this help' },
];

function optionLines(options: readonly OptionSpec[]): string[] {
  const rows = options.map((option) => {
    const short = option.short === undefined ? '' : `-${option.short}, `;
    const value = option.value === undefined ? '' : ` ${option.value}`;
    return [`  ${short}--${option.name}${value}`, option.help];
  });
  return renderTable(rows, 'll');
}

const exitCodeLines = (command?: string) => [
  'Exit codes:',
  ...listExitCodes(command).map((line) => `  ${line}`),
];

/** Text of `plimsoll --help`. */
export function renderHelp(commands: readonly Command[]): string {
  return [
    'Plimsoll: what agents cost, where they saturate, and whether they are ready to launch.',
    '',
    'Usage: plimsoll <command> [options]',
    '',
    'Commands:',
    ...renderTable(
      commands.map((command) => [`  ${command.name}`, command.summary]),
      'll',
    ),
    '',
    'Options of every command:',
    ...optionLines(commonOptions),
    '  --version          print the version',
    '',
    'Results go to stdout, progress and errors to stderr. While a server holds the data',
    'directory, commands go through it; else they open the directory themselves.',
    '',
    ...exitCodeLines(),
    '',
    'plimsoll <command> --help tells more about one command.',
    '',
  ].join('\n');
}

/** Text of `plimsoll <command> --help`. */
export function renderCommandHelp(command: Command): string {
  return [
    `${command.summary}.`,
    '',
    `Usage: plimsoll ${command.name} ${command.synopsis}`,
    '',
    ...(command.detail.length === 0 ? [] : [...command.detail, '']),
    'Options:',
    ...optionLines([...command.options, ...commonOptions]),
    '',
    ...exitCodeLines(command.name),
    '',
  ].join('\n');
}
