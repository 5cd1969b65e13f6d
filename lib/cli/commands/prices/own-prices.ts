import type { ProjectPriceSources } from '../../../contracts/prices';
import { AppError } from '../../../errors';
import { formatPercent } from '../../../format';
import type { CommandContext } from '../../command';
import { type ExitCode, exitCode } from '../../exit-code';
import { findProject } from '../../find-project';
import type { OptionValues } from '../../option-values';
import type { Output } from '../../output';
import { renderTable } from '../../text-table';
import { UsageError } from '../../usage-error';

type OwnPrices = Pick<ProjectPriceSources, 'overrides' | 'aliases'>;

/** Options with the price of a million tokens, by part. */
export const priceOptions = [
  ['input', 'input'],
  ['cache-read', 'cacheRead'],
  ['cache-write-5m', 'cacheWrite5m'],
  ['cache-write-1h', 'cacheWrite1h'],
  ['output', 'output'],
  ['reasoning', 'reasoning'],
] as const;

function readOverride(model: string, options: OptionValues) {
  const usdPerMtok = Object.fromEntries(
    priceOptions.flatMap(([option, part]) => {
      const usd = options.number(option, { min: 0, max: 1_000_000 });
      return usd === undefined ? [] : [[part, usd]];
    }),
  );
  return {
    model,
    providerName: options.text('provider') ?? null,
    effectiveFrom: options.text('from') ?? null,
    effectiveTo: options.text('to') ?? null,
    usdPerMtok,
    discountShare: options.number('discount', { min: 0, max: 1 }) ?? null,
    note: options.text('note') ?? '',
  };
}

/** Runs `plimsoll prices override [add MODEL | remove ID]`. */
export async function runOverride(context: CommandContext): Promise<ExitCode> {
  const { options, output, connect, positionals } = context;
  const [, action, subject, ...rest] = positionals;
  const isKnown = action === 'add' || action === 'remove';
  if (action !== undefined && (!isKnown || subject === undefined || rest.length > 0)) {
    throw new UsageError('prices override takes add MODEL, remove ID or nothing.');
  }
  const projectName = options.requiredText('project', 'NAME');
  // What is wrong with the command line is said before anything is opened.
  const added = action === 'add' && subject !== undefined ? readOverride(subject, options) : null;
  const { client } = await connect();
  const { projectId } = await findProject(client, projectName);
  const own: OwnPrices =
    subject === undefined
      ? await client.getProjectPrices(projectId)
      : added !== null
        ? await client.createPriceOverride(projectId, added)
        : await client.deletePriceOverride(projectId, subject);
  if (added !== null) warnOfGaps(added.model, options, output);
  if (output.isJson) output.json({ overrides: own.overrides });
  else printOverrides(own, output);
  return exitCode.ok;
}

/** Says which main parts an override with prices leaves to the book, where the model may not be. */
function warnOfGaps(model: string, options: OptionValues, output: Output): void {
  const given = priceOptions.filter(([option]) => options.text(option) !== undefined);
  const missing = ['input', 'output'].filter((part) => !given.some(([option]) => option === part));
  if (given.length === 0 || missing.length === 0) return;
  output.note(
    `No price of ${missing.join(' and ')} is given. Where no book has one for '${model}' either, its calls that use ${missing.join(' or ')} stay unpriced.`,
  );
}

function printOverrides({ overrides }: OwnPrices, output: Output): void {
  if (overrides.length === 0) output.line('There are no price overrides.');
  const rows = overrides.map((one) => [
    one.overrideId,
    one.providerName === null ? one.model : `${one.providerName}/${one.model}`,
    `${one.effectiveFrom ?? 'ever'} to ${one.effectiveTo ?? 'further notice'}`,
    [
      ...priceOptions.flatMap(([option, part]) => {
        const usd = one.usdPerMtok[part];
        return usd === undefined ? [] : [`${option} $${usd}`];
      }),
      ...(one.discountShare === null ? [] : [`${formatPercent(one.discountShare)} off`]),
    ].join(', '),
    one.note,
  ]);
  for (const line of renderTable(rows, 'lllll')) output.line(line);
}

/** Runs `plimsoll prices alias [add NAME MODEL | remove NAME]`. */
export async function runAlias(context: CommandContext): Promise<ExitCode> {
  const { options, output, connect, positionals } = context;
  const [, action, name, model, ...rest] = positionals;
  const isRight =
    action === undefined ||
    (action === 'add' && model !== undefined && rest.length === 0) ||
    (action === 'remove' && name !== undefined && model === undefined);
  if (!isRight) throw new UsageError('prices alias takes add NAME MODEL, remove NAME or nothing.');
  const projectName = options.requiredText('project', 'NAME');
  const { client } = await connect();
  const { projectId } = await findProject(client, projectName);
  let own: OwnPrices = await client.getProjectPrices(projectId);
  if (action === 'add' && name !== undefined && model !== undefined) {
    const providerName = options.text('provider') ?? null;
    const note = options.text('note') ?? '';
    own = await client.createModelAlias(projectId, { name, model, providerName, note });
  } else if (name !== undefined) {
    const wanted = name.toLowerCase();
    const found = own.aliases.find((one) => [one.aliasId, one.name.toLowerCase()].includes(wanted));
    if (found === undefined) throw new AppError('not_found', `There is no alias '${name}'.`);
    own = await client.deleteModelAlias(projectId, found.aliasId);
  }
  if (output.isJson) output.json({ aliases: own.aliases });
  else printAliases(own, output);
  return exitCode.ok;
}

function printAliases({ aliases }: OwnPrices, output: Output): void {
  if (aliases.length === 0) output.line('There are no aliases.');
  const rows = aliases.map((one) => [
    one.name,
    'stands for',
    one.providerName === null ? one.model : `${one.providerName}/${one.model}`,
    one.note,
  ]);
  for (const line of renderTable(rows, 'llll')) output.line(line);
}
