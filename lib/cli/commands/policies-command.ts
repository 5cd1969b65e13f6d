import { describePolicy } from '../../cost/policies/describe-policy';
import type { PolicyList } from '../../cost/policies/policy';
import type { ReplayChange, ReplayOutcome } from '../../cost/replay/replay-outcome';
import { AppError } from '../../errors';
import { formatCount, formatCounted, formatPercent, formatUsd, notKnown } from '../../format';
import type { ApiClient } from '../../http/api-client';
import type { Command, CommandContext } from '../command';
import { type ExitCode, exitCode } from '../exit-code';
import { findProject } from '../find-project';
import type { Output } from '../output';
import { parsePolicy, policyForms, readPolicyFile } from '../parse-policy';
import { renderTable } from '../text-table';
import { UsageError } from '../usage-error';

/** Replays the sessions of a project under policies. */
export const policiesCommand: Command = {
  name: 'policies',
  summary: 'Replay the imported sessions under other policies and show the difference',
  synopsis: 'try PROJECT --policy KIND=VALUES… [options]',
  detail: [
    'Policies are applied in the order given. Tokens may be written as 120k, shares as 30%.',
    '',
    ...Object.entries(policyForms).map(([kind, form]) => `  ${kind}=${form}`),
    '',
    "Sets of policies are saved on the project's page Policies and applied here with --set NAME.",
  ],
  options: [
    { name: 'project', value: 'NAME', help: 'name or id of the project, in place of PROJECT' },
    { name: 'policy', value: 'KIND=VALUES', isMany: true, help: 'a policy; may be repeated' },
    { name: 'file', value: 'FILE', help: 'a list of policies as JSON, applied first' },
    { name: 'set', value: 'NAME', help: 'a policy set of the project, applied first' },
    {
      name: 'resamples',
      value: 'N',
      help: 'resamples of the intervals, 0 for none; default: 1000',
    },
  ],
  takesFiles: true,
  run: runPolicies,
};

async function runPolicies(context: CommandContext): Promise<ExitCode> {
  const { options, positionals, output, signal } = context;
  const [action, named, ...rest] = positionals;
  if (action !== 'try' || rest.length > 0) {
    throw new UsageError(`policies takes try PROJECT; got '${positionals.join(' ')}'.`);
  }
  const projectName = named ?? options.requiredText('project', 'NAME');
  const resamples = options.integer('resamples', { min: 0, max: 2_000 }) ?? 1_000;
  const file = options.text('file');
  const given = [
    ...(file === undefined ? [] : await readPolicyFile(file)),
    ...options.texts('policy').map(parsePolicy),
  ];
  const { client } = await context.connect();
  const project = await findProject(client, projectName);
  const policies = [...(await readSet(client, project.projectId, options.text('set'))), ...given];
  if (policies.length === 0) {
    throw new UsageError('Give at least one --policy KIND=VALUES, a --file or a --set.');
  }
  const { outcome } = await client.replayPolicies(
    project.projectId,
    { policies, resamples },
    signal,
  );
  if (output.isJson) output.json({ policies, ...outcome });
  else printOutcome(outcome, policies, output);
  return exitCode.ok;
}

async function readSet(
  client: ApiClient,
  projectId: string,
  name: string | undefined,
): Promise<PolicyList> {
  if (name === undefined) return [];
  const { policySets } = await client.listPolicySets(projectId);
  const found = policySets.find((set) => set.name === name || set.policySetId === name);
  if (found !== undefined) return found.policies;
  throw new AppError('not_found', `There is no policy set '${name}'.`);
}

function printOutcome(outcome: ReplayOutcome, policies: PolicyList, output: Output): void {
  output.line(`${policies.map(describePolicy).join('; then ')}:`);
  output.line(basisOf(outcome));
  output.line();
  for (const line of renderTable(changeRows(outcome), 'lrrrrl')) output.line(line);
  output.line();
  const buckets = outcome.byBucket.map(({ name, todayUsd, changedUsd }) => [
    bucketWords[name] ?? name,
    formatUsd(todayUsd),
    formatUsd(changedUsd),
  ]);
  const head = ['All sessions, by kind of token', 'today', 'changed'];
  for (const line of renderTable([head, ...buckets], 'lrr')) output.line(line);
  output.line();
  for (const sentence of outcome.assumptions) output.line(`- ${sentence}`);
}

function basisOf({ sessions, sessionsInStore, calls, ...counts }: ReplayOutcome): string {
  const sample =
    sessions < sessionsInStore ? ` of ${formatCount(sessionsInStore)}, a sample by hash` : '';
  const parts = [`${formatCounted(sessions, 'session')}${sample}, ${formatCounted(calls, 'call')}`];
  if (counts.callsAdded > 0) parts.push(`${formatCount(counts.callsAdded)} added`);
  if (counts.callsRemoved > 0) parts.push(`${formatCount(counts.callsRemoved)} not made`);
  if (counts.unpricedCalls > 0) {
    parts.push(`${formatCount(counts.unpricedCalls)} without a price, left out on both sides`);
  }
  return `${parts.join(', ')}.`;
}

const bucketWords: Readonly<Record<string, string>> = {
  inputFresh: 'Fresh input',
  cacheRead: 'Cache reads',
  cacheWrite5m: 'Cache writes, 5 min',
  cacheWrite1h: 'Cache writes, 1 h',
  cacheWriteUnknownTtl: 'Cache writes',
  output: 'Output',
  reasoning: 'Reasoning',
  summaries: 'Summarising calls',
  notParted: 'Not parted',
};

function changeRows({ costUsd, tokens }: ReplayOutcome): string[][] {
  const usd = (value: number) => formatUsd(value);
  const rows = [['Per session', 'today', 'changed', 'difference', '', '95 % interval']];
  const add = (name: string, change: ReplayChange | undefined, format: typeof usd) =>
    rows.push([name, ...changeCells(change, format)]);
  add('Cost, mean', costUsd?.mean, usd);
  add('Cost, P50', costUsd?.p50, usd);
  add('Cost, P95', costUsd?.p95, usd);
  add('Tokens, mean', tokens?.mean, formatCount);
  add('Tokens, P50', tokens?.p50, formatCount);
  add('Tokens, P95', tokens?.p95, formatCount);
  add('Cost, all sessions', costUsd?.total, usd);
  return rows;
}

function changeCells(change: ReplayChange | undefined, format: (value: number) => string) {
  if (change === undefined) return [notKnown, notKnown, notKnown, '', ''];
  const { today, changed, difference, interval95 } = change;
  return [
    format(today),
    format(changed),
    format(difference),
    today === 0 ? '' : formatPercent(difference / today),
    interval95 === null ? 'not drawn' : `${format(interval95[0])} to ${format(interval95[1])}`,
  ];
}
