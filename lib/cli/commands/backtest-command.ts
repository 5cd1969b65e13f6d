import { describeBacktest, tooLittleText } from '../../charts/describe-backtest';
import {
  type BacktestRow,
  backtestColumns,
  backtestTitle,
  describeLater,
  laterColumns,
  listBacktestRows,
  listLaterFigures,
} from '../../charts/prepare-backtest';
import type { Backtest, SessionBacktest, TooLittle } from '../../cost/backtest/backtest';
import { AppError } from '../../errors';
import { formatCount, formatCounted } from '../../format';
import type { Command, CommandContext } from '../command';
import { exitCode } from '../exit-code';
import { findProject } from '../find-project';
import type { Output } from '../output';
import { renderTable } from '../text-table';

/** Prints how far off forecasts would have been on the sessions of a project. */
export const backtestCommand: Command = {
  name: 'backtest',
  summary: 'Show how far off a forecast would have been on your own sessions',
  synopsis: '--project NAME [options]',
  detail: ['With --json: every error, and each session that was predicted.'],
  options: [{ name: 'project', value: 'NAME', help: 'name or id of the project' }],
  takesFiles: false,
  run: runBacktest,
};

async function runBacktest(context: CommandContext) {
  const { options, output, signal } = context;
  const projectName = options.requiredText('project', 'NAME');
  const { client } = await context.connect();
  const project = await findProject(client, projectName);
  const { model } = await client.getBacktest(project.projectId, signal);
  if (model === null) {
    throw new AppError(
      'not_found',
      `'${project.name}' has no completed import. Import a trace file first.`,
    );
  }
  if (output.isJson) output.json(model);
  else printBacktest(model, output);
  return exitCode.ok;
}

function printBacktest(model: Backtest, output: Output): void {
  output.line(describeBacktest(model));
  const leftOut = model.unpricedSessions + model.emptySessions;
  output.line(
    `${formatCounted(model.sessions, 'session')} priced throughout, ${formatCount(leftOut)} left out.`,
  );
  output.line();
  output.line('Later sessions from earlier ones');
  printTime(model.time, output);
  output.line();
  output.line(backtestTitle('length'));
  printSessions(model.length, output);
  output.line();
  output.line(backtestTitle('prefix'));
  printSessions(model.prefix, output);
}

function printTime(time: Backtest['time'], output: Output): void {
  if (time.kind === 'too_little') {
    output.line(tooLittleText(time));
    return;
  }
  printTable(laterColumns, listLaterFigures(time), output);
  output.line(describeLater(time));
}

function printSessions(part: SessionBacktest | TooLittle, output: Output): void {
  if (part.kind === 'too_little') output.line(tooLittleText(part));
  else printTable(backtestColumns, listBacktestRows(part), output);
}

function printTable(
  columns: readonly string[],
  rows: readonly BacktestRow[],
  output: Output,
): void {
  const cells = rows.map((row) => [...row.cells]);
  for (const line of renderTable([[...columns], ...cells], 'lrrrr')) output.line(line);
}
