import {
  describeForecast,
  doubtNames,
  driverNames,
  formatInput,
  inputNames,
  type VolumeSource,
} from '../../charts/describe-forecast';
import { formatAffordable } from '../../charts/list-forecast-rows';
import { defaultForecastPlan, isPlaceholderVolume } from '../../cost/forecast/default-plan';
import { type CompletedForecast, type Forecast, ForecastPlan } from '../../cost/forecast/forecast';
import { AppError } from '../../errors';
import { formatDecimal, formatPercent, formatUsd, formatUsdRange, notKnown } from '../../format';
import type { ApiClient } from '../../http/api-client';
import { parseTypedRange, type TypedRange, type TypedUnit, writeRange } from '../../typed-range';
import type { Command, CommandContext } from '../command';
import { exitCode } from '../exit-code';
import { findProject } from '../find-project';
import type { OptionValues } from '../option-values';
import type { Output } from '../output';
import { renderTable } from '../text-table';
import { UsageError } from '../usage-error';

/** Forecasts what a plan will cost, and whether a budget holds. */
export const forecastCommand: Command = {
  name: 'forecast',
  summary: 'Forecast what a planned volume will cost, month by month, and whether a budget holds',
  synopsis: '--project NAME [options]',
  detail: [
    "What is left out is taken from the project's saved plan, else from its traces. A range such as",
    "'1200 to 2000' says that 80 % of what is thought possible lies within it.",
    'With --json: the plan, the forecast and what the traces say of the volume.',
  ],
  options: [
    { name: 'project', value: 'NAME', help: 'name or id of the project' },
    { name: 'sessions-per-day', value: 'RANGE', help: 'sessions a day at the start' },
    { name: 'growth', value: 'RANGE', help: "growth per month in percent: '5 to 10'" },
    { name: 'months', value: 'N', help: 'months, 1 to 24' },
    { name: 'start', value: 'DATE', help: 'first day, YYYY-MM-DD; default: next month' },
    { name: 'ramp-days', value: 'N', help: 'days until the volume is full' },
    { name: 'weekend', value: 'N', help: 'sessions on a weekend day ÷ on a weekday' },
    { name: 'length', value: 'RANGE', help: 'calls per session ÷ those of the traces' },
    { name: 'retries', value: 'RANGE', help: 'tokens with retries ÷ those of the traces' },
    { name: 'budget', value: 'USD', help: 'budget for all months together' },
    { name: 'monthly-budget', value: 'USD', help: 'budget of each month' },
    { name: 'policy-set', value: 'NAME', help: 'policies under which sessions will run' },
    { name: 'seed', value: 'N', help: 'seed of the draws; default: 1' },
  ],
  takesFiles: false,
  run: runForecast,
};

async function runForecast(context: CommandContext) {
  const { options, output, signal } = context;
  const projectName = options.requiredText('project', 'NAME');
  const seed = options.integer('seed', { min: 0, max: 2 ** 32 - 1 }) ?? 1;
  const changes = readChanges(options, output);
  const { client } = await context.connect();
  const { projectId, name } = await findProject(client, projectName);
  const { plan, volumeSource } = await makePlan(
    client,
    projectId,
    changes,
    options.text('policy-set'),
  );
  const answer = await client.runForecast(projectId, { plan, seed }, signal);
  if (answer.forecast === null) {
    throw new AppError(
      'not_found',
      `'${name}' has no completed import. Import a trace file first.`,
    );
  }
  if (output.isJson) output.json(answer);
  else printForecast(plan, answer.forecast, volumeSource, output);
  return exitCode.ok;
}

/** What the command line says of a plan. */
function readChanges(options: OptionValues, output: Output): Partial<ForecastPlan> {
  const readRange = (name: string, unit?: TypedUnit) =>
    readRangeOption({ options, output }, name, unit);
  const usd = { min: 0.01, max: 1e12 };
  const given = {
    sessionsPerDay: readRange('sessions-per-day'),
    growthPerMonth: readRange('growth', 'percent'),
    lengthFactor: readRange('length'),
    retryFactor: readRange('retries'),
    months: options.integer('months', { min: 1, max: 24 }),
    startDate: options.text('start'),
    rampDays: options.integer('ramp-days', { min: 0, max: 730 }),
    weekendFactor: options.number('weekend', { min: 0, max: 10 }),
    totalBudgetUsd: options.number('budget', usd),
    monthlyBudgetUsd: options.number('monthly-budget', usd),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** @throws UsageError when the option holds no range */
function readRangeOption(
  { options, output }: Pick<CommandContext, 'options' | 'output'>,
  name: string,
  unit: TypedUnit = 'number',
): TypedRange | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  const parsed = parseTypedRange(text, unit);
  if (parsed === null) {
    throw new UsageError(`--${name} takes a number or a range such as '20 to 40'; got '${text}'.`);
  }
  if (parsed.isReversed) {
    output.note(`--${name} '${text}' is read as ${writeRange(parsed.range, unit)}.`);
  }
  return parsed.range;
}

async function makePlan(
  client: ApiClient,
  projectId: string,
  changes: Partial<ForecastPlan>,
  policySetName: string | undefined,
): Promise<{ plan: ForecastPlan; volumeSource: VolumeSource }> {
  const saved = (await client.getForecastPlan(projectId)).plan;
  const basis = saved === null ? (await client.getForecastBasis(projectId)).basis : null;
  const base = saved ?? defaultForecastPlan(Date.now(), basis);
  const policySetId =
    policySetName === undefined
      ? base.policySetId
      : await findPolicySet(client, projectId, policySetName);
  const plan = ForecastPlan.safeParse({ ...base, ...changes, policySetId });
  const isGiven = saved !== null || changes.sessionsPerDay !== undefined;
  if (plan.success) {
    const isPlaceholder = !isGiven && isPlaceholderVolume(plan.data, basis);
    return { plan: plan.data, volumeSource: isPlaceholder ? 'placeholder' : 'planned' };
  }
  const issues = plan.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new UsageError(`This plan cannot be used. ${issues.join(' ')}`);
}

async function findPolicySet(client: ApiClient, projectId: string, name: string): Promise<string> {
  const { policySets } = await client.listPolicySets(projectId);
  const found = policySets.find((set) => set.name === name || set.policySetId === name);
  if (found === undefined) throw new AppError('not_found', `There is no policy set '${name}'.`);
  return found.policySetId;
}

function printForecast(
  plan: ForecastPlan,
  forecast: Forecast,
  volumeSource: VolumeSource,
  output: Output,
): void {
  const { headline, lede } = describeForecast(plan, forecast, volumeSource);
  output.line(`${headline}.`);
  if (lede !== '') output.line(lede);
  if (forecast.kind !== 'forecast') return;
  for (const table of [monthRows(forecast), affordableRows(forecast), doubtRows(forecast)]) {
    if (table.length < 2) continue;
    output.line();
    for (const line of renderTable(table, `l${'r'.repeat((table[0]?.length ?? 1) - 1)}`)) {
      output.line(line);
    }
  }
  output.line();
  for (const line of renderTable(driverRows(forecast), 'lrr')) output.line(line);
  output.line();
  for (const sentence of forecast.assumptions) output.line(sentence);
}

function monthRows({ months }: CompletedForecast): string[][] {
  return [
    ['Month from', 'to', 'P10', 'P50', 'P90', 'total P50', 'over total', 'over monthly'],
    ...months.map((month) => [
      month.from,
      month.to,
      formatUsd(month.costUsd.p10),
      formatUsd(month.costUsd.p50),
      formatUsd(month.costUsd.p90),
      formatUsd(month.cumulativeUsd.p50),
      month.overTotalBudget === null ? notKnown : formatPercent(month.overTotalBudget.share),
      month.overMonthlyBudget === null ? notKnown : formatPercent(month.overMonthlyBudget.share),
    ]),
  ];
}

function affordableRows({ budgets }: CompletedForecast): string[][] {
  return [
    ['Sessions a day within budget', '50 %', '80 %', '90 % sure'],
    ...budgets.map(({ kind, affordable }) => [
      kind === 'total' ? 'all months' : 'each month',
      ...affordable.map(({ sessionsPerDay }) => formatAffordable(sessionsPerDay)),
    ]),
  ];
}

function doubtRows({ doubt, tornado, totalUsd }: CompletedForecast): string[][] {
  return [
    ['What makes it uncertain', 'from', 'to', 'total P10–P90'],
    ...doubt.map((one) => [
      doubtNames[one.part],
      '',
      '',
      formatUsdRange([one.totalUsd.p10, one.totalUsd.p90]),
    ]),
    ...tornado.map((bar) => [
      `  ${inputNames[bar.input]}`,
      formatInput(bar.input, bar.lowValue),
      formatInput(bar.input, bar.highValue),
      formatUsdRange([
        Math.min(bar.atLowUsd, bar.atHighUsd),
        Math.max(bar.atLowUsd, bar.atHighUsd),
      ]),
    ]),
    ['All months', '', '', formatUsdRange([totalUsd.p10, totalUsd.p90])],
  ];
}

function driverRows({ multiple }: CompletedForecast): string[][] {
  return [
    ['From a session of the traces to one in production', '×', 'USD'],
    ['Traces', '', formatUsd(multiple.pilotUsdPerSession, 'exact')],
    ...multiple.perSession.map(({ name, factor, addedUsd }) => [
      driverNames[name],
      formatDecimal(factor),
      formatUsd(addedUsd, 'exact'),
    ]),
    [
      'Production',
      formatDecimal(multiple.productionUsdPerSession / multiple.pilotUsdPerSession),
      formatUsd(multiple.productionUsdPerSession, 'exact'),
    ],
  ];
}
