import { selectQuantiles } from '../../stats/select-quantiles';
import type { MonthDraws } from './draw-months';
import type { ParameterDraws } from './draw-parameters';
import { datesOf, shareAbove } from './drawn-quantiles';
import type { BudgetOutcome } from './forecast';
import { dayAtShare, type PlanCalendar } from './plan-calendar';

const confidences = [0.5, 0.8, 0.9] as const;
const warningShare = 0.8;

/** A plan as drawn. */
export interface DrawnPlan {
  readonly calendar: PlanCalendar;
  readonly parameters: ParameterDraws;
  readonly months: MonthDraws;
}

/** What happens to the total budget: whether and when it is spent, and what volume it would bear. */
export function judgeTotalBudget(drawn: DrawnPlan, budgetUsd: number): BudgetOutcome {
  const { cumulativeUsd } = drawn.months;
  const last = cumulativeUsd.at(-1) ?? new Float64Array();
  return {
    kind: 'total',
    budgetUsd,
    over: shareAbove(last, budgetUsd),
    passedOn: datesOf(totalSpentOn(drawn, budgetUsd), drawn.calendar),
    eightyPercentOn: datesOf(totalSpentOn(drawn, warningShare * budgetUsd), drawn.calendar),
    affordable: rankAffordable(affordableInTotal(drawn, budgetUsd)),
  };
}

/** What happens to a budget that every month has anew. */
export function judgeMonthlyBudget(drawn: DrawnPlan, budgetUsd: number): BudgetOutcome {
  const { costUsd } = drawn.months;
  const dearest = new Float64Array(drawn.parameters.perDay.length);
  for (const month of costUsd) {
    for (let draw = 0; draw < dearest.length; draw++) {
      dearest[draw] = Math.max(dearest[draw], month[draw]);
    }
  }
  return {
    kind: 'monthly',
    budgetUsd,
    over: shareAbove(dearest, budgetUsd),
    passedOn: datesOf(monthlySpentOn(drawn, budgetUsd), drawn.calendar),
    eightyPercentOn: datesOf(monthlySpentOn(drawn, warningShare * budgetUsd), drawn.calendar),
    affordable: rankAffordable(affordableInEachMonth(drawn, budgetUsd)),
  };
}

/** Day on which the running total passes an amount, per draw; infinite where it does not. */
function totalSpentOn(drawn: DrawnPlan, amountUsd: number): Float64Array {
  const { costUsd, cumulativeUsd } = drawn.months;
  return mapDraws(drawn, (draw) => {
    const month = cumulativeUsd.findIndex((column) => column[draw] > amountUsd);
    if (month === -1) return Number.POSITIVE_INFINITY;
    const before = month === 0 ? 0 : cumulativeUsd[month - 1][draw];
    return dayInMonth(drawn, draw, month, (amountUsd - before) / costUsd[month][draw]);
  });
}

/** Day on which the first month to do so passes an amount, per draw. */
function monthlySpentOn(drawn: DrawnPlan, amountUsd: number): Float64Array {
  const { costUsd } = drawn.months;
  return mapDraws(drawn, (draw) => {
    const month = costUsd.findIndex((column) => column[draw] > amountUsd);
    if (month === -1) return Number.POSITIVE_INFINITY;
    return dayInMonth(drawn, draw, month, amountUsd / costUsd[month][draw]);
  });
}

/** Within a month money is spent as the draw's volume comes. */
function dayInMonth(drawn: DrawnPlan, draw: number, month: number, share: number): number {
  const { calendar, parameters, months } = drawn;
  return dayAtShare(calendar, parameters.growth[draw], month, share, months.volume[month][draw]);
}

function mapDraws(drawn: DrawnPlan, read: (draw: number) => number): Float64Array {
  const values = new Float64Array(drawn.parameters.perDay.length);
  for (let draw = 0; draw < values.length; draw++) values[draw] = read(draw);
  return values;
}

/**
 * Sessions a day at which a draw costs exactly the budget.
 *
 * With the draw's own chance held, cost is v·a + √(v·b)·z in the volume v, which has one root above 0.
 */
function solveVolume(meanUsd: number, varianceUsd2: number, z: number, budgetUsd: number): number {
  const spread = Math.sqrt(varianceUsd2) * z;
  const root = (-spread + Math.sqrt(spread * spread + 4 * meanUsd * budgetUsd)) / (2 * meanUsd);
  return root * root;
}

function affordableInTotal(drawn: DrawnPlan, budgetUsd: number): Float64Array {
  const { volume, cumulativeUsd } = drawn.months;
  const { perDay, factor, mean, second } = drawn.parameters;
  const last = cumulativeUsd.at(-1) ?? new Float64Array();
  return mapDraws(drawn, (draw) => {
    const days = volume.reduce((sum, column) => sum + column[draw], 0);
    const a = days * mean[draw] * factor[draw];
    const b = days * second[draw] * factor[draw] ** 2;
    const z = (last[draw] - perDay[draw] * a) / Math.sqrt(perDay[draw] * b);
    return solveVolume(a, b, z, budgetUsd);
  });
}

function affordableInEachMonth(drawn: DrawnPlan, budgetUsd: number): Float64Array {
  const { volume, costUsd } = drawn.months;
  const { perDay, factor, mean, second } = drawn.parameters;
  return mapDraws(drawn, (draw) => {
    let least = Number.POSITIVE_INFINITY;
    for (let month = 0; month < volume.length; month++) {
      const a = volume[month][draw] * mean[draw] * factor[draw];
      const b = volume[month][draw] * second[draw] * factor[draw] ** 2;
      const z = (costUsd[month][draw] - perDay[draw] * a) / Math.sqrt(perDay[draw] * b);
      least = Math.min(least, solveVolume(a, b, z, budgetUsd));
    }
    return least;
  });
}

/** A volume is affordable at 90 % confidence where nine draws in ten bear it. */
function rankAffordable(volumes: Float64Array): BudgetOutcome['affordable'] {
  const least = selectQuantiles(
    volumes,
    confidences.map((confidence) => 1 - confidence),
  );
  return confidences.map((confidence, i) => ({
    confidence,
    sessionsPerDay: least[i] ?? Number.NaN,
  }));
}
