import type { CostModel, SessionQuantiles } from '../../cost/cost-model';
import { AppError } from '../../errors';
import {
  formatCount,
  formatCounted,
  formatDecimal,
  formatPercent,
  formatUsd,
  notKnown,
} from '../../format';
import type { Command, CommandContext } from '../command';
import { exitCode } from '../exit-code';
import { findProject } from '../find-project';
import type { Output } from '../output';
import { costTables, printAnatomy, printCostTable } from '../print-cost-anatomy';
import { renderTable } from '../text-table';

/** Prints what the sessions of a project cost and how that grows. */
export const costCommand: Command = {
  name: 'cost',
  summary: 'Show what sessions cost and how that grows with their history',
  synopsis: '--project NAME [options]',
  detail: [
    'With --json: the cost model, with the number of sessions and the anatomy of the cost beside it.',
    'With --csv: one table of the anatomy, costs to the last digit. The tables:',
    `${costTables.join(', ')}.`,
  ],
  options: [
    { name: 'project', value: 'NAME', help: 'name or id of the project' },
    { name: 'csv', value: 'TABLE', help: 'print one table as CSV, such as tool or difference' },
  ],
  takesFiles: false,
  run: runCost,
};

async function runCost(context: CommandContext) {
  const { options, output, signal } = context;
  const projectName = options.requiredText('project', 'NAME');
  const csv = options.choice('csv', costTables);
  const { client } = await context.connect();
  const project = await findProject(client, projectName);
  const { model, modelledSessions, listCostUsdMax } = await client.getCost(
    project.projectId,
    signal,
  );
  if (model === null) {
    throw new AppError(
      'not_found',
      `'${project.name}' has no completed import. Import a trace file first.`,
    );
  }
  const { anatomy } = await client.getCostAnatomy(project.projectId, signal);
  if (output.isJson) {
    const { sessionsInStore } = model.coverage;
    const cost = hasPrice(model)
      ? { listCostUsdMax, ...model }
      : { ...model, listCostUsdMax: null, listCostUsd: null };
    output.json({ sessions: sessionsInStore, modelledSessions, ...cost, anatomy });
    return exitCode.ok;
  }
  if (csv !== undefined) {
    if (anatomy !== null) printCostTable(csv, anatomy, output);
    return exitCode.ok;
  }
  printCost(model, project.name, output);
  if (anatomy !== null) printAnatomy(anatomy, output);
  return exitCode.ok;
}

/** Whether any call has a price; the sum over none is not $0 but unknown. */
function hasPrice({ coverage, costPerSessionUsd, listCostUsd }: CostModel): boolean {
  const { modelCalls, unpricedCalls, usageMissingCalls } = coverage;
  if (listCostUsd > 0 || costPerSessionUsd !== null) return true;
  return unpricedCalls + usageMissingCalls < modelCalls;
}

function printCost(model: CostModel, projectName: string, output: Output): void {
  const { coverage, growth } = model;
  output.line(
    `${projectName}: ${hasPrice(model) ? formatUsd(model.listCostUsd) : `${notKnown}, no call has a price,`} over ${formatCounted(coverage.sessionsInStore, 'session')} and ${formatCounted(coverage.modelCalls, 'model call')}, at list prices of ${coverage.priceBook.name} ${coverage.priceBook.date}.`,
  );
  output.line(
    `${formatCounted(coverage.unpricedCalls, 'call')} unpriced, ${formatCount(coverage.usageMissingCalls)} without usage: in none of the totals.`,
  );
  output.line();
  const quantiles = (name: string, of: SessionQuantiles | null, format: (n: number) => string) =>
    of === null
      ? [name, ...Array<string>(5).fill(notKnown)]
      : [name, ...[of.p50, of.p90, of.p95, of.p99, of.mean].map(format)];
  const rows = [
    ['Per session', 'P50', 'P90', 'P95', 'P99', 'mean'],
    quantiles('Cost', model.costPerSessionUsd, (usd) => formatUsd(usd)),
    quantiles('Tokens', model.tokensPerSession, (tokens) => formatCount(tokens)),
  ];
  for (const line of renderTable(rows, 'lrrrrr')) output.line(line);
  output.line();
  const interval = growth?.interval95 ?? null;
  const between =
    interval === null ? '' : `, 95 % ${formatCount(interval[0])} to ${formatCount(interval[1])}`;
  const facts = [
    ['Growth per call', `${formatCount(growth?.tokensPerCall)} tokens${between}`],
    ['Exponent of cumulative cost', formatDecimal(growth?.exponent)],
    ['Context resets', formatCount(growth?.contextResets)],
    ['Re-sent history, of input cost', formatPercent(model.historyShare)],
    ['Dearest tenth of sessions, of cost', formatPercent(model.topDecileShare)],
  ];
  for (const line of renderTable(facts, 'll')) output.line(line);
}
