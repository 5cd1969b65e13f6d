import { type PricedPart, pricedParts, type UnitPrice } from '../../../cost/unit-prices';
import { AppError } from '../../../errors';
import { formatCount, formatCounted, formatUsdPerMtok, notKnown } from '../../../format';
import type { CommandContext } from '../../command';
import { type ExitCode, exitCode } from '../../exit-code';
import { findProject } from '../../find-project';
import { renderTable } from '../../text-table';
import { UsageError } from '../../usage-error';

/** Names of the parts of a price, as the command prints them. */
export const partNames = {
  input: 'input',
  cacheRead: 'cache read',
  cacheWrite5m: 'cache write, 5 min',
  cacheWrite1h: 'cache write, 1 h',
  output: 'output',
  reasoning: 'reasoning',
} as const satisfies Record<PricedPart, string>;

const usd = (price: UnitPrice | null) => formatUsdPerMtok(price?.basePicoUsd);

/** Runs `plimsoll prices list`: a page of the price book. */
export async function runListPrices({
  options,
  output,
  connect,
  signal,
}: CommandContext): Promise<ExitCode> {
  const provider = options.text('provider');
  const q = options.text('model');
  const page = options.integer('page', { min: 1, max: 10_000 }) ?? 1;
  const { client } = await connect();
  const book = await client.getPriceBook(
    { ...(provider === undefined ? {} : { provider }), ...(q === undefined ? {} : { q }), page },
    signal,
  );
  if (output.isJson) {
    output.json(book);
    return exitCode.ok;
  }
  const { name, version, date } = book.identity;
  output.line(`${name} ${version} of ${date}, dollars per million tokens as of ${book.asOf}`);
  output.line();
  const rows = [
    ['Model', 'Input', 'Cache read', 'Write 5 min', 'Write 1 h', 'Output', 'Context'],
    ...book.models.map((one) => [
      `${one.providerId}/${one.modelId}`,
      ...[one.input, one.cacheRead, one.cacheWrite5m, one.cacheWrite1h, one.output].map(usd),
      formatCount(one.contextWindowTokens),
    ]),
  ];
  for (const line of renderTable(rows, 'lrrrrrr')) output.line(line);
  output.line();
  const of = book.pages > 1 ? `, page ${book.page} of ${book.pages} (--page)` : '';
  output.line(`${formatCounted(book.modelsTotal, 'model')}${of}`);
  return exitCode.ok;
}

/** Runs `plimsoll prices show MODEL`: every number with where it comes from. */
export async function runShowPrice(context: CommandContext): Promise<ExitCode> {
  const { options, output, connect, positionals } = context;
  const [, model, ...rest] = positionals;
  if (model === undefined || rest.length > 0) {
    throw new UsageError('prices show takes one model, named as a trace names it.');
  }
  const { client } = await connect();
  const projectName = options.text('project');
  const projectId =
    projectName === undefined ? undefined : (await findProject(client, projectName)).projectId;
  const given = {
    provider: options.text('provider'),
    tier: options.text('tier'),
    at: options.text('at'),
    projectId,
  };
  const present = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  const { prices, identity, asOf } = await client.lookUpPrice({ model, ...present });
  if (output.isJson) {
    output.json({ identity, asOf, prices });
    return exitCode.ok;
  }
  if (prices === null) {
    throw new AppError(
      'not_found',
      `The price book of ${identity.date} does not know '${model}'. Its calls are unpriced, not free; an alias can say what it stands for.`,
    );
  }
  output.line(`${prices.skuPriceId}, ${prices.serviceTier} tier, as of ${asOf}`);
  output.line();
  const rows = [
    ['Price', '$ per million tokens', 'Layer', 'Book', 'Date', 'Rule'],
    ...pricedParts.flatMap((part) => rowsOf(partNames[part], prices[part])),
  ];
  for (const line of renderTable(rows, 'lrllll')) output.line(line);
  const urls = pricedParts.map((part) => prices[part]?.source.url).filter((url) => url != null);
  for (const url of new Set(urls)) output.line(`See ${url}`);
  return exitCode.ok;
}

function rowsOf(name: string, price: UnitPrice | null): string[][] {
  if (price === null) return [[name, notKnown, '', '', '', 'no layer has a price']];
  const { layer, book, date, rule } = price.source;
  return [
    [name, usd(price), layer, book, date, rule],
    ...price.tiers.map(({ start, isInclusive, picoUsd }) => [
      `  ${isInclusive ? 'from' : 'above'} ${formatCount(start)} tokens`,
      formatUsdPerMtok(picoUsd),
    ]),
  ];
}
