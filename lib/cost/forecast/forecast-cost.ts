import { sortAscending } from '../../stats/quantile';
import { drawMonths, type MonthDraws } from './draw-months';
import { drawParameters, type ParameterDraws, takeMedians } from './draw-parameters';
import { drawTornado } from './draw-tornado';
import { quantileInterval95, quantilesOf, shareAbove } from './drawn-quantiles';
import { explainMultiple } from './explain-multiple';
import type {
  CompletedForecast,
  Forecast,
  ForecastBasis,
  ForecastMonth,
  ForecastPlan,
} from './forecast';
import { judgeMonthlyBudget, judgeTotalBudget } from './judge-budget';
import { listAssumptions } from './list-assumptions';
import type { MedianPlan } from './median-plan';
import { partDoubt } from './part-doubt';
import { dateOfDay, layOutPlan, type PlanCalendar } from './plan-calendar';
import { planSessions } from './session-moments';

/** Sessions below which a bootstrap is too narrow to be shown, and a forecast with it. */
const minForecastSessions = 20;

/** How many draws, from which seed. */
export interface ForecastOptions {
  readonly seed: number; //       a safe integer
  readonly draws?: number; //     10,000 unless given; at least 100
}

/**
 * Forecasts what a plan will cost, by Monte Carlo over everything about it that is uncertain.
 *
 * Each draw takes a bootstrap resample of the session costs, a volume, a growth, a session length
 * and a retry factor, and then a compound Poisson sum for every month. Equal plans, sessions and
 * seeds give equal bytes.
 *
 * @returns what is missing, where fewer than 20 priced sessions stand behind a group of the plan
 */
export function forecastCost(
  plan: ForecastPlan,
  basis: ForecastBasis,
  { seed, draws = 10_000 }: ForecastOptions,
): Forecast {
  const planned = planSessions(plan, basis);
  if (planned === null || planned.sessionsLeast < minForecastSessions) {
    return {
      kind: 'too_few_sessions',
      sessions: planned?.sessionsLeast ?? 0,
      needed: minForecastSessions,
      meanUsdPerSession: planned?.moments.meanUsd ?? null,
    };
  }
  const { moments } = planned;
  const calendar = layOutPlan(plan);
  const medians = takeMedians(plan, basis);
  const parameters = drawParameters(plan, basis, moments, { seed, draws });
  const months = drawMonths(calendar, parameters, seed);
  const median = { plan, basis, calendar, moments, medians };
  return {
    ...summarize(median, parameters, months, seed),
    sessions: moments.sessions,
    draws,
    seed,
  };
}

function summarize(
  median: MedianPlan,
  parameters: ParameterDraws,
  months: MonthDraws,
  seed: number,
): Omit<CompletedForecast, 'sessions' | 'draws' | 'seed'> {
  const { plan, basis, calendar } = median;
  const drawn = { calendar, parameters, months };
  const totals = sortAscending(months.cumulativeUsd.at(-1) ?? []);
  const { monthlyBudgetUsd, totalBudgetUsd } = plan;
  return {
    kind: 'forecast',
    costPerSessionUsd: quantilesOf(
      parameters.mean.map((mean, draw) => mean * parameters.factor[draw]),
    ),
    months: Array.from({ length: plan.months }, (_, month) =>
      summarizeMonth(plan, calendar, parameters, months, month),
    ),
    totalUsd: quantilesOf(totals),
    doubt: partDoubt(median, parameters, months, seed),
    budgets: [
      ...(monthlyBudgetUsd === null ? [] : [judgeMonthlyBudget(drawn, monthlyBudgetUsd)]),
      ...(totalBudgetUsd === null ? [] : [judgeTotalBudget(drawn, totalBudgetUsd)]),
    ],
    multiple: explainMultiple(median),
    tornado: drawTornado(median),
    topDecileShare: basis.topDecileShare,
    monteCarlo95: {
      p10: quantileInterval95(totals, 0.1),
      p50: quantileInterval95(totals, 0.5),
      p90: quantileInterval95(totals, 0.9),
    },
    assumptions: listAssumptions(plan, basis),
  };
}

function summarizeMonth(
  plan: ForecastPlan,
  calendar: PlanCalendar,
  parameters: ParameterDraws,
  months: MonthDraws,
  month: number,
): ForecastMonth {
  const costUsd = months.costUsd[month];
  const cumulativeUsd = months.cumulativeUsd[month];
  const volume = months.volume[month];
  const { monthlyBudgetUsd, totalBudgetUsd } = plan;
  return {
    number: month + 1,
    from: dateOfDay(calendar, calendar.firstDay[month]),
    to: dateOfDay(calendar, calendar.firstDay[month + 1] - 1),
    sessions: quantilesOf(parameters.perDay.map((perDay, draw) => perDay * volume[draw])),
    costUsd: quantilesOf(costUsd),
    cumulativeUsd: quantilesOf(cumulativeUsd),
    overMonthlyBudget: monthlyBudgetUsd === null ? null : shareAbove(costUsd, monthlyBudgetUsd),
    overTotalBudget: totalBudgetUsd === null ? null : shareAbove(cumulativeUsd, totalBudgetUsd),
  };
}
