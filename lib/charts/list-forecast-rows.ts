import type {
  BudgetOutcome,
  CompletedForecast,
  DrawnDate,
  ForecastPlan,
} from '../cost/forecast/forecast';
import type { CsvCell } from '../csv-text';
import { formatDecimal, formatPercent, formatUsd, formatUsdRange, notKnown } from '../format';
import type { ChartTable } from './chart-table';
import { doubtNames, driverNames, inputNames } from './describe-forecast';

const notWithin = 'not within the horizon';

function dateOrNot(date: string | null): string {
  return date ?? notWithin;
}

/** Sessions a day that a budget bears; null bears any number. */
export function formatAffordable(sessionsPerDay: number | null): string {
  return sessionsPerDay === null ? 'any number' : formatDecimal(sessionsPerDay);
}

/** What happens to each budget, as rows of text. */
export function tabulateBudgets(budgets: readonly BudgetOutcome[]): ChartTable {
  const column = (read: (budget: BudgetOutcome) => string) => budgets.map(read);
  const affordable = (at: number) =>
    column((budget) => {
      const volume = budget.affordable[at];
      return volume === undefined ? notKnown : formatAffordable(volume.sessionsPerDay);
    });
  const dates = (pick: (budget: BudgetOutcome) => DrawnDate, at: keyof DrawnDate) =>
    column((budget) => dateOrNot(pick(budget)[at]));
  return {
    columns: [
      '',
      ...column(
        ({ kind, budgetUsd }) =>
          `${formatUsd(budgetUsd)} ${kind === 'total' ? 'in all' : 'per month'}`,
      ),
    ],
    rows: [
      ['Passed, share of draws', ...column(({ over }) => formatPercent(over.share))],
      [
        'within its Monte Carlo error',
        ...column(
          ({ over }) =>
            `${formatPercent(over.interval95[0])} – ${formatPercent(over.interval95[1])}`,
        ),
      ],
      ['Spent by, in a tenth of draws', ...dates((budget) => budget.passedOn, 'p10')],
      ['Spent by, in half', ...dates((budget) => budget.passedOn, 'p50')],
      ['Spent by, in nine tenths', ...dates((budget) => budget.passedOn, 'p90')],
      ['Four fifths spent by, in half', ...dates((budget) => budget.eightyPercentOn, 'p50')],
      ['Sessions a day it bears, 50 % sure', ...affordable(0)],
      ['80 % sure', ...affordable(1)],
      ['90 % sure', ...affordable(2)],
    ],
  };
}

/** Where the doubt comes from, part by part and then together. */
export function tabulateDoubt({ doubt }: CompletedForecast): ChartTable {
  return {
    columns: ['Uncertain alone', 'Total, P10 – P90', 'Width'],
    rows: doubt.map(({ part, totalUsd }) => [
      doubtNames[part],
      formatUsdRange([totalUsd.p10, totalUsd.p90]),
      formatUsd(totalUsd.p90 - totalUsd.p10),
    ]),
  };
}

/** Steps from a session of the traces to one in production. */
export function tabulateDrivers({ multiple }: CompletedForecast): ChartTable {
  const steps = multiple.perSession.filter(
    ({ factor, addedUsd }) => factor !== 1 && (factor !== null || addedUsd !== 0),
  );
  const { pilotUsdPerSession: pilot, productionUsdPerSession: production } = multiple;
  const times = (factor: number | null) =>
    factor === null ? notKnown : `× ${formatDecimal(factor)}`;
  return {
    columns: ['Per session', '×', 'USD'],
    rows: [
      ['In the traces', '', formatUsd(pilot, 'exact')],
      ...steps.map(({ name, factor, addedUsd }) => [
        driverNames[name],
        times(factor),
        `${addedUsd < 0 ? '−' : '+'}${formatUsd(Math.abs(addedUsd), 'exact')}`,
      ]),
      [
        'In production',
        times(pilot > 0 ? production / pilot : null),
        formatUsd(production, 'exact'),
      ],
    ],
  };
}

const quantiles = ['p10', 'p25', 'p50', 'p75', 'p90'] as const;

/** Every number of a forecast as one CSV table: what, of which, which figure, and its value. */
export function listForecastCsv(
  plan: ForecastPlan,
  forecast: CompletedForecast,
): (readonly CsvCell[])[] {
  return [
    ['section', 'item', 'figure', 'value'],
    ...listPlan(plan),
    ...forecast.months.flatMap((month) => [
      ...quantiles.flatMap((q): CsvCell[][] => [
        ['month', month.from, `sessions ${q}`, month.sessions[q]],
        ['month', month.from, `cost USD ${q}`, month.costUsd[q]],
        ['month', month.from, `cumulative USD ${q}`, month.cumulativeUsd[q]],
      ]),
      ['month', month.from, 'over total budget', month.overTotalBudget?.share ?? null],
      ['month', month.from, 'over monthly budget', month.overMonthlyBudget?.share ?? null],
    ]),
    ...quantiles.map((q): CsvCell[] => ['total', 'all months', `USD ${q}`, forecast.totalUsd[q]]),
    ...forecast.budgets.flatMap(listBudget),
    ...forecast.doubt.flatMap(({ part, totalUsd }): CsvCell[][] => [
      ['doubt', doubtNames[part], 'total USD p10', totalUsd.p10],
      ['doubt', doubtNames[part], 'total USD p90', totalUsd.p90],
    ]),
    ...forecast.tornado.flatMap((bar): CsvCell[][] => [
      ['tornado', inputNames[bar.input], 'input p10', bar.lowValue],
      ['tornado', inputNames[bar.input], 'input p90', bar.highValue],
      ['tornado', inputNames[bar.input], 'total USD at p10', bar.atLowUsd],
      ['tornado', inputNames[bar.input], 'total USD at p90', bar.atHighUsd],
    ]),
    ...forecast.multiple.perSession.flatMap(({ name, factor, addedUsd }): CsvCell[][] => [
      ['driver', driverNames[name], 'factor', factor],
      ['driver', driverNames[name], 'USD per session', addedUsd],
    ]),
  ];
}

function listPlan(plan: ForecastPlan): CsvCell[][] {
  return Object.entries(plan).map(([name, value]) => [
    'plan',
    name,
    'as given',
    typeof value === 'number' || value === null
      ? value
      : typeof value === 'string'
        ? value
        : JSON.stringify(value),
  ]);
}

function listBudget({ kind, over, passedOn, affordable }: BudgetOutcome): CsvCell[][] {
  return [
    ['budget', kind, 'share of draws over', over.share],
    ['budget', kind, 'spent on p10', passedOn.p10],
    ['budget', kind, 'spent on p50', passedOn.p50],
    ['budget', kind, 'spent on p90', passedOn.p90],
    ...affordable.map(({ confidence, sessionsPerDay }): CsvCell[] => [
      'budget',
      kind,
      `sessions a day at ${confidence}`,
      sessionsPerDay,
    ]),
  ];
}
