import { setTimeout as delay } from 'node:timers/promises';
import {
  describeRepricedCalls,
  describeRepriceTotal,
  formatUsdChange,
} from '../../charts/describe-reprice';
import type { RepriceDiff, RepriceState } from '../../contracts/reprice';
import { AppError } from '../../errors';
import { formatCount, formatCounted, formatUsd } from '../../format';
import type { ApiClient } from '../../http/api-client';
import type { CommandContext } from '../command';
import { type ExitCode, exitCode } from '../exit-code';
import { findProject } from '../find-project';
import type { Output } from '../output';
import { renderTable } from '../text-table';

const pollMs = 150;
const modelsShown = 20;

/**
 * Runs `plimsoll prices reprice`: shows what the present prices would change, and applies them unless
 * it is only asked to look (`--dry-run`).
 */
export async function runReprice(context: CommandContext): Promise<ExitCode> {
  const { options, output, signal } = context;
  const projectName = options.requiredText('project', 'NAME');
  const isDryRun = options.flag('dry-run');
  const { client } = await context.connect();
  const { projectId, name } = await findProject(client, projectName);
  output.progress('Working out what would change');
  const before = await whenEnded(client, projectId, context);
  if (before.diff !== null && !output.isJson) printDiff(before.diff, name, output);
  const after =
    isDryRun || before.isCurrent
      ? before
      : await whenEnded(client, projectId, context, await client.startReprice(projectId));
  if (after.job?.status === 'failed' && !after.isCurrent) {
    throw new AppError('internal', after.job.error ?? 'The calls could not be priced again.');
  }
  if (signal.aborted) throw new AppError('cancelled', 'The work was cancelled.');
  const { isCurrent, sourcesHash } = after;
  if (output.isJson) {
    output.json({ isDryRun, isCurrent, sourcesHash, diff: before.diff });
    return exitCode.ok;
  }
  if (before.isCurrent) output.line(`'${name}': every call has the present prices.`);
  else if (isDryRun) output.line('Nothing was changed. Without --dry-run the calls are re-priced.');
  else output.line('The calls are stored with the present prices.');
  const { model } = await client.getCost(projectId, signal);
  const unpriced = isDryRun ? before.diff?.total.unpricedCalls : undefined;
  const without = unpriced ?? model?.coverage.unpricedCalls ?? 0;
  if (without > 0) {
    output.line(
      `${formatCounted(without, 'call')} ${without === 1 ? 'has' : 'have'} no price: their model is in no book, or a part of what they used has none.`,
    );
  }
  return exitCode.ok;
}

/** Waits until no re-price of the project is under way; an interruption cancels it. */
async function whenEnded(
  client: ApiClient,
  projectId: string,
  { signal, output }: CommandContext,
  first?: RepriceState,
): Promise<RepriceState> {
  let state = first ?? (await client.getReprice(projectId, signal));
  while (state.job?.status === 'queued' || state.job?.status === 'running') {
    const { callsDone, callsTotal } = state.job;
    const total = callsTotal === null ? '' : ` of ${formatCount(callsTotal)}`;
    output.progress(`${formatCount(callsDone)}${total} calls priced again`);
    await delay(pollMs, undefined, { signal }).catch(() => undefined);
    state = signal.aborted
      ? await client.cancelReprice(projectId)
      : await client.getReprice(projectId, signal);
  }
  return state;
}

function printDiff(diff: RepriceDiff, projectName: string, output: Output): void {
  output.line(
    `${projectName}: prices have changed since the calls were priced: ${describeRepriceTotal(diff.total)}.`,
  );
  output.line(describeRepricedCalls(diff.total));
  output.line();
  const rows = [
    ['Model', 'Calls', 'As stored', 'At present', 'Difference', 'Unpriced'],
    ...diff.models
      .slice(0, modelsShown)
      .map((one) => [
        `${one.model ?? 'no name'}${one.providerName === null ? '' : ` (${one.providerName})`}`,
        formatCount(one.calls),
        formatUsd(one.storedUsd),
        formatUsd(one.presentUsd),
        formatUsdChange(one.differenceUsd),
        formatCount(one.unpricedCalls),
      ]),
  ];
  for (const line of renderTable(rows, 'lrrrrr')) output.line(line);
  const more = diff.models.length - modelsShown;
  if (more > 0) output.line(`and ${formatCounted(more, 'further model')}`);
  output.line();
}
