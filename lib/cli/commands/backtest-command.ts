import { describeBacktest, methodWords, tooLittleText } from '../../charts/describe-backtest';
import type { Backtest, SessionBacktest, TooLittle } from '../../cost/backtest/backtest';
import { AppError } from '../../errors';
import { formatCount, formatCounted, formatPercent, formatUsd, notKnown } from '../../format';
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
  output.line('Earlier sessions against later ones');
  printTime(model.time, output);
  output.line();
  output.line('Shorter sessions against longer ones, at their length');
  printSessions(model.length, output);
  output.line();
  output.line('The first third of a session against its whole');
  printSessions(model.prefix, output);
}

function printTime(time: Backtest['time'], output: Output): void {
  if (time.kind === 'too_little') {
    output.line(tooLittleText(time));
    return;
  }
  const interval = time.mean.interval80;
  const between =
    interval === null ? notKnown : `${formatUsd(interval[0])} to ${formatUsd(interval[1])}`;
  const rows = [
    ['', 'expected', '80 % interval', 'came', 'error'],
    ...[
      ['Mean session', time.mean, between] as const,
      ['P95 session', time.p95, notKnown] as const,
    ].map(([name, figure, range]) => [
      name,
      formatUsd(figure.predictedUsd),
      range,
      formatUsd(figure.actualUsd),
      formatPercent(figure.error),
    ]),
  ];
  for (const line of renderTable(rows, 'lrrrr')) output.line(line);
  const { splits, coverage80 } = time.randomHalves;
  output.line(
    `Over ${formatCount(splits)} random halves the 80 % interval of the mean held ${formatPercent(coverage80)} of the time.`,
  );
}

function printSessions(part: SessionBacktest | TooLittle, output: Output): void {
  if (part.kind === 'too_little') {
    output.line(tooLittleText(part));
    return;
  }
  const rows = [
    ['', 'median error', 'of the total', 'pinball loss', 'in 80 % interval'],
    ...part.methods.map((one) => [
      methodWords[one.method],
      formatPercent(one.medianError),
      formatPercent(one.totalError),
      formatPercent(one.pinballLoss),
      formatPercent(one.coverage80),
    ]),
  ];
  for (const line of renderTable(rows, 'lrrrr')) output.line(line);
}
