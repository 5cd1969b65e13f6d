import type { CompletedForecast, Forecast, ForecastPlan } from '@/lib/cost/forecast/forecast';
import { formatPercent, formatUsd, formatUsdRange, notKnown } from '@/lib/format';

/** What the first month of a plan costs, in a figure and a note without a full stop. */
export interface PlanCostWords {
  readonly value: string;
  readonly note: string;
  readonly link: string; //  words of the link to the forecast
}

/**
 * Says what the first month of the saved plan costs, and how often its budgets are passed.
 *
 * @param plan null: none is saved
 * @param forecast null: there is nothing to draw it from
 */
export function describePlanCost(
  plan: ForecastPlan | null,
  forecast: Forecast | null,
): PlanCostWords {
  if (plan === null) {
    return { value: notKnown, note: 'No plan saved yet', link: 'Plan the launch' };
  }
  const link = 'The forecast';
  if (forecast === null) return { value: notKnown, note: 'No import is completed', link };
  if (forecast.kind === 'too_few_sessions') {
    const { sessions, needed } = forecast;
    return { value: notKnown, note: `${sessions} of ${needed} priced sessions needed`, link };
  }
  const [first] = forecast.months;
  if (first === undefined) return { value: notKnown, note: 'The plan has no month', link };
  const { p10, p50, p90 } = first.costUsd;
  return {
    value: formatUsdRange([p10, p90], undefined, p90 < 100_000 ? 'cents' : 'compact'),
    note: `P10–P90 of the first month, median ${formatUsd(p50)}; ${describeOver(forecast)}`,
    link,
  };
}

function describeOver({ budgets }: CompletedForecast): string {
  if (budgets.length === 0) return 'no budget is given';
  return budgets
    .map(
      ({ kind, budgetUsd, over }) =>
        `${formatUsd(budgetUsd)} ${kind === 'total' ? 'in all passed' : 'a month passed in some month'} with ${formatPercent(over.share)}`,
    )
    .join(', ');
}
