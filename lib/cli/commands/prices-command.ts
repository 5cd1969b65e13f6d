import type { Command, CommandContext } from '../command';
import type { ExitCode } from '../exit-code';
import { UsageError } from '../usage-error';
import { runComparePrices, runUpdatePrices } from './prices/change-price-data';
import { priceOptions, runAlias, runOverride } from './prices/own-prices';
import { runListPrices, runShowPrice } from './prices/show-prices';
import { runReprice } from './reprice-command';

/** What `plimsoll prices` can do, by the first word after it. */
const actions: Readonly<Record<string, (context: CommandContext) => Promise<ExitCode>>> = {
  list: runListPrices,
  show: runShowPrice,
  update: runUpdatePrices,
  compare: runComparePrices,
  override: runOverride,
  alias: runAlias,
  reprice: runReprice,
};

/** Shows the price book, brings in newer data, and keeps a project's own prices. */
export const pricesCommand: Command = {
  name: 'prices',
  summary: 'Show prices and where they come from, bring in newer ones, and keep your own',
  synopsis: 'list|show|update|compare|override|alias|reprice [options]',
  detail: [
    'list [--provider ID] [--model TEXT]       the price book, page by page',
    'show MODEL [--provider NAME] [--tier T]   every number of one model and where it comes from',
    'update FILE [--dry-run] | --reset         newer genai-prices data for all projects, or the',
    '                                          installed data again; says what changes',
    'compare [FILES…] [--keep] [--all]         where books disagree: files of genai-prices, LiteLLM,',
    '                                          Langfuse or models.dev, and those kept before',
    'override --project NAME [add MODEL | remove ID]',
    '                                          prices of a project, or a discount; a * at the end of',
    '                                          MODEL matches any ending',
    'alias --project NAME [add NAME MODEL | remove NAME]',
    '                                          which model a deployment or a resource name stands for',
    'reprice --project NAME [--dry-run]        prices stored calls as they would be priced now',
    '',
    'Prices are dollars per million tokens. A model that no book knows is unpriced, never free.',
  ],
  options: [
    { name: 'project', value: 'NAME', help: 'name or id of the project' },
    { name: 'model', value: 'TEXT', help: 'list: part of the name of a model' },
    { name: 'provider', value: 'NAME', help: 'provider; add: of the override or of the alias' },
    { name: 'page', value: 'N', help: 'list: page' },
    { name: 'tier', value: 'TIER', help: 'show: service tier, as a trace names it' },
    { name: 'at', value: 'DAY', help: 'show: as of a day, YYYY-MM-DD; default: today' },
    { name: 'date', value: 'DAY', help: 'update: day of the data; default: as in the file name' },
    { name: 'dry-run', help: 'update, reprice: only say what would change' },
    { name: 'reset', help: 'update: go back to the installed data' },
    { name: 'keep', help: 'compare: keep the files to compare with from now on' },
    { name: 'all', help: 'compare: models on which the books agree, too' },
    ...priceOptions.map(([name]) => ({
      name,
      value: 'USD',
      help: `override add: price of a million tokens of ${name.replaceAll('-', ' ')}`,
    })),
    { name: 'discount', value: 'SHARE', help: 'override add: off every other price; 0.12 is 12 %' },
    { name: 'from', value: 'DAY', help: 'override add: first day on which it holds (UTC)' },
    { name: 'to', value: 'DAY', help: 'override add: first day on which it holds no more' },
    { name: 'note', value: 'TEXT', help: 'add: what it rests on' },
  ],
  takesFiles: true,
  run: runPrices,
};

async function runPrices(context: CommandContext): Promise<ExitCode> {
  const [name = ''] = context.positionals;
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) {
    const given = name === '' ? 'nothing' : `'${name}'`;
    throw new UsageError(`prices takes ${Object.keys(actions).join(', ')}; got ${given}.`);
  }
  return action(context);
}
