import type {
  BudgetOutcome,
  CompletedForecast,
  CostDriver,
  DoubtPart,
  Forecast,
  ForecastInput,
  ForecastPlan,
} from '../cost/forecast/forecast';
import {
  formatCount,
  formatCounted,
  formatDecimal,
  formatPercent,
  formatUsd,
  formatUsdRange,
} from '../format';

/** The finding of a forecast, and what follows from it. */
export interface ForecastWords {
  readonly headline: string;
  readonly lede: string;
}

/** Whether somebody, or the traces, gave the volume of a plan. */
export type VolumeSource = 'planned' | 'placeholder';

/**
 * Says in one sentence what a plan costs, and in the next what that means for its budget.
 *
 * @param volumeSource `placeholder`: nobody gave the volume, and the traces do not tell it
 */
export function describeForecast(
  plan: ForecastPlan,
  forecast: Forecast,
  volumeSource: VolumeSource = 'planned',
): ForecastWords {
  if (forecast.kind === 'too_few_sessions') {
    return {
      headline: `A forecast needs ${forecast.needed} priced sessions; there ${forecast.sessions === 1 ? 'is' : 'are'} ${forecast.sessions}`,
      lede:
        forecast.meanUsdPerSession === null
          ? 'None of the imported sessions has a price.'
          : `So far a session has cost ${formatUsd(forecast.meanUsdPerSession)} on average; how sure that is cannot be said yet.`,
    };
  }
  const first = forecast.months[0];
  const { low, high } = plan.sessionsPerDay;
  const volume =
    low === high ? formatDecimal(low) : `${formatDecimal(low)} to ${formatDecimal(high)}`;
  const cost = first === undefined ? '' : formatUsdRange([first.costUsd.p10, first.costUsd.p90]);
  return {
    headline: `${headVolume(volume, volumeSource)} the first month costs ${cost} (P10–P90)${headBudget(forecast)}`,
    lede: [
      ...forecast.budgets.map((budget) => describeBudget(budget, plan)),
      describeTotal(forecast),
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
  };
}

function headVolume(volume: string, source: VolumeSource): string {
  return source === 'planned'
    ? `At ${volume} sessions a day`
    : `For ${volume} sessions a day, a placeholder until you say yours,`;
}

/** The budget of the whole plan in the heading, or that of a month where there is no other. */
function headBudget({ budgets, months }: CompletedForecast): string {
  const budget = budgets.find(({ kind }) => kind === 'total') ?? budgets[0];
  if (budget === undefined) return '';
  const chance = `with a chance of ${formatPercent(budget.over.share)}`;
  const usd = formatUsd(budget.budgetUsd);
  const count = formatCounted(months.length, 'month');
  if (budget.kind === 'total') return `; the budget of ${usd} for ${count} is passed ${chance}`;
  if (months.length === 1) return `; the monthly budget of ${usd} is passed ${chance}`;
  return `; the monthly budget of ${usd} is passed in at least one of ${count} ${chance}`;
}

/** What happens to one budget, in a sentence. */
export function describeBudget(budget: BudgetOutcome, plan: ForecastPlan): string {
  const { share } = budget.over;
  const name =
    budget.kind === 'total'
      ? `The budget of ${formatUsd(budget.budgetUsd)} for ${formatCounted(plan.months, 'month')}`
      : `The monthly budget of ${formatUsd(budget.budgetUsd)}`;
  if (share === 0) return `${name} is passed in none of the draws.`;
  const { p10, p50, p90 } = budget.passedOn;
  const dates = [
    ['in a tenth of all draws', p10],
    ['in half', p50],
    ['in nine tenths', p90],
  ].flatMap(([draws, date]) => (date === null ? [] : [`${draws} by ${date}`]));
  const when = dates.length === 0 ? '' : `: ${dates.join(', ')}`;
  const months =
    budget.kind === 'monthly' && plan.months > 1
      ? ` in at least one of ${formatCounted(plan.months, 'month')}`
      : '';
  return `${name} is passed${months} in ${formatPercent(share)} of the draws${when}.`;
}

function describeTotal({ months, totalUsd }: CompletedForecast): string {
  if (months.length === 1) return '';
  return `${formatCounted(months.length, 'month')} cost ${formatUsdRange([totalUsd.p10, totalUsd.p90])} together.`;
}

/** Names of the inputs of a forecast, as they stand on bars and in tables. */
export const inputNames = {
  sessions_per_day: 'Sessions a day',
  growth_per_month: 'Growth per month',
  session_cost: 'Mean cost of a session',
  length_factor: 'Length of a session',
  length_growth: 'How cost grows with length',
  retry_factor: 'Retries',
  load_factor: 'Sessions that fail under load',
  chance: 'Chance: which sessions come',
} as const satisfies Record<ForecastInput, string>;

/** Names of the parts of the doubt. */
export const doubtNames = {
  session_cost: 'Mean cost of a session (bootstrap)',
  volume: 'Volume and growth',
  how_sessions_run: 'Length, retries and load',
  chance: 'Chance: which sessions come',
  all: 'All together',
} as const satisfies Record<DoubtPart, string>;

/** Names of the steps from pilot to production. */
export const driverNames = {
  policies: 'Policies',
  mix: 'Mix of sessions',
  more_calls: 'More calls in a session',
  longer_history: 'Longer history in each call',
  retries: 'More retries',
  load: 'Sessions that fail under load',
  volume: 'Volume',
} as const satisfies Record<CostDriver['name'], string>;

/** Writes a value of an input in its own unit. */
export function formatInput(input: ForecastInput, value: number): string {
  switch (input) {
    case 'sessions_per_day':
      return formatCount(value);
    case 'growth_per_month':
      return formatPercent(value);
    case 'session_cost':
      return formatUsd(value);
    case 'length_factor':
    case 'retry_factor':
    case 'load_factor':
      return `× ${formatDecimal(value)}`;
    case 'length_growth':
      return `${value < 0 ? '−' : '+'}${formatDecimal(Math.abs(value))} in the exponent`;
    case 'chance':
      return `P${Math.round(value * 100)}`;
    default:
      return input satisfies never;
  }
}
