import type { CompletedForecast, ForecastPlan, ForecastQuantiles } from '../cost/forecast/forecast';
import { formatCount, formatCounted, formatPercent, formatUsd, formatUsdRange } from '../format';
import type { ChartWords } from './chart-table';
import { niceTicks } from './scale';

/** Quantiles of cost at one place on the axis of months. */
export interface FanPoint extends ForecastQuantiles {
  /** Months since the start; 0 is the start itself. */
  readonly at: number;
  readonly label: string; //  of the month that ends here
}

/** A level that cost is held against. */
export interface FanLevel {
  readonly usd: number;
  readonly label: string;
}

/** A date that is marked on the axis. */
export interface FanMark {
  readonly at: number; //     months since the start
  readonly label: string;
}

/** Cost over the months of a plan, with its bands; all of it is modelled. */
export interface ForecastFanChart extends ChartWords {
  readonly kind: FanKind;
  readonly points: readonly FanPoint[];
  readonly months: number;
  readonly usdTicks: readonly number[];
  readonly budget: FanLevel | null;
  readonly marks: readonly FanMark[];
}

/** `cumulative`: spent so far. `monthly`: each month by itself. */
export type FanKind = 'cumulative' | 'monthly';

/**
 * Prepares the cost of a plan for drawing: a fan that opens from nothing, or one band for each month.
 */
export function prepareForecastFan(
  plan: ForecastPlan,
  forecast: CompletedForecast,
  kind: FanKind,
): ForecastFanChart {
  const points = forecast.months.map((month) => ({
    ...(kind === 'cumulative' ? month.cumulativeUsd : month.costUsd),
    at: month.number,
    label: `${month.from} to ${month.to}`,
  }));
  const budgetUsd = kind === 'cumulative' ? plan.totalBudgetUsd : plan.monthlyBudgetUsd;
  const highest = Math.max(...points.map((point) => point.p90), (budgetUsd ?? 0) * 1.05);
  const outcome = forecast.budgets.find(
    (one) => one.kind === (kind === 'cumulative' ? 'total' : 'monthly'),
  );
  return {
    kind,
    heading: describeFan(forecast, kind),
    method: `${formatCount(forecast.draws)} draws from ${formatCounted(forecast.sessions, 'session')}; modelled throughout, so the median is dashed.`,
    summary: points
      .map(
        (point) =>
          `${point.label}: ${formatUsdRange([point.p10, point.p90])}, median ${formatUsd(point.p50)}`,
      )
      .join('; '),
    table: {
      columns: ['Month', 'P10', 'P25', 'P50', 'P75', 'P90', 'Over budget'],
      rows: forecast.months.map((month) => {
        const q = kind === 'cumulative' ? month.cumulativeUsd : month.costUsd;
        const over = kind === 'cumulative' ? month.overTotalBudget : month.overMonthlyBudget;
        return [
          `${month.from} to ${month.to}`,
          ...[q.p10, q.p25, q.p50, q.p75, q.p90].map((usd) => formatUsd(usd)),
          over === null ? 'no budget' : formatPercent(over.share),
        ];
      }),
    },
    points,
    months: forecast.months.length,
    usdTicks: niceTicks(highest, 4),
    budget:
      budgetUsd === null
        ? null
        : { usd: budgetUsd, label: `budget ${formatUsd(budgetUsd, 'compact')}` },
    marks:
      kind === 'cumulative' && outcome !== undefined ? markDates(forecast, outcome.passedOn) : [],
  };
}

function describeFan({ months, totalUsd, budgets }: CompletedForecast, kind: FanKind): string {
  const last = months.at(-1);
  if (kind === 'monthly' && last !== undefined) {
    return `The last month costs ${formatUsdRange([last.costUsd.p10, last.costUsd.p90])}`;
  }
  const total = budgets.find((budget) => budget.kind === 'total');
  const spent = `${formatUsdRange([totalUsd.p10, totalUsd.p90])} by ${last?.to ?? ''}`;
  return total === undefined ? spent : `${spent}; ${formatPercent(total.over.share)} over budget`;
}

const dayMs = 86_400_000;

/** Dates on which the budget is spent in a tenth, half and nine tenths of the draws. */
function markDates(
  { months }: CompletedForecast,
  { p10, p50, p90 }: CompletedForecast['budgets'][number]['passedOn'],
): FanMark[] {
  const place = (date: string) => {
    const month = months.find((one) => date >= one.from && date <= one.to);
    if (month === undefined) return Number.NaN;
    const days = (Date.parse(month.to) - Date.parse(month.from)) / dayMs + 1;
    return month.number - 1 + ((Date.parse(date) - Date.parse(month.from)) / dayMs + 1) / days;
  };
  return [
    { date: p10, label: 'P10' },
    { date: p50, label: 'P50' },
    { date: p90, label: 'P90' },
  ].flatMap(({ date, label }) =>
    date === null ? [] : [{ at: place(date), label: `${label} ${date}` }],
  );
}
