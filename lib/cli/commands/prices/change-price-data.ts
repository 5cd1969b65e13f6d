import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { PriceComparison, PriceDataChange } from '../../../contracts/prices';
import { AppError } from '../../../errors';
import { formatCount, formatCounted, formatDecimal, formatUsdPerMtok } from '../../../format';
import type { ApiClient } from '../../../http/api-client';
import type { CommandContext } from '../../command';
import { type ExitCode, exitCode } from '../../exit-code';
import type { Output } from '../../output';
import { renderTable } from '../../text-table';
import { UsageError } from '../../usage-error';
import { partNames } from './show-prices';

const fileBytesMax = 20 * 1024 ** 2;
const shown = 20;

async function readPriceText(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) throw new AppError('not_found', `There is no file '${path}'.`);
  if (found.size > fileBytesMax) {
    throw new AppError(
      'too_large',
      `'${path}' is larger than 20 MiB, the most a price file may be.`,
    );
  }
  return readFile(path, 'utf8');
}

/** Runs `plimsoll prices update FILE`, or `--reset`. */
export async function runUpdatePrices(context: CommandContext): Promise<ExitCode> {
  const { options, output, connect, positionals } = context;
  const [, path, ...rest] = positionals;
  const isReset = options.flag('reset');
  if (isReset ? path !== undefined : path === undefined || rest.length > 0) {
    throw new UsageError('prices update takes one data file, or --reset and no file.');
  }
  const { client } = await connect();
  const change = isReset
    ? await client.resetPriceData()
    : await sendFile(client, path ?? '', context);
  if (output.isJson) output.json(change);
  else printChange(change, output);
  return exitCode.ok;
}

async function sendFile(client: ApiClient, path: string, { options }: CommandContext) {
  const date = options.text('date');
  return client.sendPriceData(
    {
      name: basename(path),
      isDryRun: options.flag('dry-run') ? 'true' : 'false',
      ...(date === undefined ? {} : { date }),
    },
    new Blob([await readPriceText(path)]),
  );
}

function printChange(change: PriceDataChange, output: Output): void {
  const { before, after, modelsAdded } = change;
  const next = `${after.name} ${after.version} of ${after.date}`;
  if (before === null || modelsAdded === null) {
    output.line(`→ ${next}`);
    output.line(
      'The data in use before cannot be read by this version, so what changes is not known.',
    );
  } else {
    output.line(`${before.name} ${before.version} of ${before.date} → ${next}`);
    output.line(
      `${formatCounted(modelsAdded, 'model')} added, ${formatCount(change.modelsRemoved)} removed, ${formatCount(change.modelsChanged)} with other prices`,
    );
  }
  if (before !== null && after.date < before.date && change.sha256 !== null) {
    output.line('This data is older than that in use before.');
  }
  const rows = change.changedPrices
    .slice(0, shown)
    .map((one) => [
      `${one.providerId}/${one.model}`,
      partNames[one.part],
      formatUsdPerMtok(one.beforePicoUsd),
      formatUsdPerMtok(one.afterPicoUsd),
    ]);
  if (rows.length > 0) {
    output.line();
    const table = [['Largest changes', 'Price', 'Before', 'After'], ...rows];
    for (const line of renderTable(table, 'llrr')) output.line(line);
  }
  output.line();
  output.line(
    change.isStored
      ? 'In use from now on. Calls that are stored keep their prices: see plimsoll prices reprice.'
      : 'Nothing was changed. Without --dry-run this data is put in use.',
  );
}

/** Runs `plimsoll prices compare [FILES…]`. */
export async function runComparePrices(context: CommandContext): Promise<ExitCode> {
  const { options, output, connect, positionals, signal } = context;
  const paths = positionals.slice(1);
  const only = options.flag('all') ? 'all' : 'disagreed';
  const { client } = await connect();
  const files = [];
  for (const path of paths) {
    files.push({ name: basename(path), text: await readPriceText(path) });
  }
  if (options.flag('keep')) {
    for (const { name, text } of files) {
      await client.sendComparisonBook({ name }, new Blob([text]));
      output.note(`Kept '${name}' to compare with.`);
    }
  }
  const comparison =
    files.length === 0
      ? await client.comparePrices({ only }, signal)
      : await client.comparePriceFiles({ only }, { files });
  if (output.isJson) output.json(comparison);
  else printComparison(comparison, output);
  return exitCode.ok;
}

function printComparison(comparison: PriceComparison, output: Output): void {
  for (const book of comparison.books) {
    const use = book.isInUse ? ', in use' : '';
    output.line(`${book.name} of ${book.date}: ${formatCounted(book.models, 'model')}${use}`);
  }
  if (comparison.books.length < 2) {
    output.line('There is nothing to compare with. Give files of other books.');
    return;
  }
  output.line(
    `${formatCounted(comparison.modelsCompared, 'model')} in two or more books; ${formatCount(comparison.modelsDisagreed)} with ${formatCounted(comparison.pricesDisagreed, 'price')} on which they disagree`,
  );
  output.line();
  const rows = comparison.models
    .flatMap((model) => model.prices.map((price) => ({ model, price })))
    .filter(({ model, price }) => model.isAgreed || !price.isAgreed)
    .slice(0, 2 * shown)
    .map(({ model, price }) => [
      `${model.providerId}/${model.model}`,
      partNames[price.part],
      formatUsdPerMtok(price.lowPicoUsd),
      formatUsdPerMtok(price.highPicoUsd),
      price.ratio === null ? 'free in one' : `${formatDecimal(price.ratio, 2)} ×`,
      price.values.map((one) => `${one.book} ${formatUsdPerMtok(one.picoUsd)}`).join(', '),
    ]);
  const head = ['Model', 'Price', 'Low', 'High', 'Apart', 'Dollars per million tokens'];
  for (const line of renderTable([head, ...rows], 'llrrrl')) output.line(line);
}
