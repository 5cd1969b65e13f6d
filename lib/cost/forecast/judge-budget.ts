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
 * Sessions a day at which a draw costs the budget; infinite where its sessions are free.
 *
 * With the draw's own chance held, cost is v·a + √v·s in the volume v, which has one root above 0. s is
 * what chance adds at the planned volume, and taken to grow as √v; its skewness is held, though it falls
 * as volume rises. The answer is therefore an approximation, and a coarse one where the budget bears
 * only a handful of sessions.
 *
 * @param meanUsd a: cost expected per session a day
 * @param planned the volume of the draw and what it costs there
 */
function solveVolume(
  meanUsd: number,
  { perDay, costUsd }: { readonly perDay: number; readonly costUsd: number },
  budgetUsd: number,
): number {
  if (!(meanUsd > 0)) return Number.POSITIVE_INFINITY;
  const chance = (costUsd - perDay * meanUsd) / Math.sqrt(perDay);
  const width = Math.sqrt(chance * chance + 4 * meanUsd * budgetUsd);
  // Of the two forms of the root the one that subtracts nothing.
  const root = chance > 0 ? (2 * budgetUsd) / (chance + width) : (width - chance) / (2 * meanUsd);
  return root * root;
}

function affordableInTotal(drawn: DrawnPlan, budgetUsd: number): Float64Array {
  const { volume, cumulativeUsd } = drawn.months;
  const { perDay, factor, mean } = drawn.parameters;
  const last = cumulativeUsd.at(-1) ?? new Float64Array();
  return mapDraws(drawn, (draw) => {
    const days = volume.reduce((sum, column) => sum + column[draw], 0);
    const planned = { perDay: perDay[draw], costUsd: last[draw] };
    return solveVolume(days * mean[draw] * factor[draw], planned, budgetUsd);
  });
}

function affordableInEachMonth(drawn: DrawnPlan, budgetUsd: number): Float64Array {
  const { volume, costUsd } = drawn.months;
  const { perDay, factor, mean } = drawn.parameters;
  return mapDraws(drawn, (draw) => {
    let least = Number.POSITIVE_INFINITY;
    for (let month = 0; month < volume.length; month++) {
      const meanUsd = volume[month][draw] * mean[draw] * factor[draw];
      const planned = { perDay: perDay[draw], costUsd: costUsd[month][draw] };
      least = Math.min(least, solveVolume(meanUsd, planned, budgetUsd));
    }
    return least;
  });
}

/**
 * A volume is affordable at 90 % confidence where nine draws in ten bear it. Draws without any cost
 * bear every volume; a confidence whose rank lies among them has no bound.
 */
function rankAffordable(volumes: Float64Array): BudgetOutcome['affordable'] {
  const bounded = volumes.filter(Number.isFinite);
  return confidences.map((confidence) => {
    // Unbounded draws are the highest: the rank among all is the same rank among the bounded ones.
    const rank = (volumes.length - 1) * (1 - confidence);
    if (rank > bounded.length - 1) return { confidence, sessionsPerDay: null };
    const probability = bounded.length === 1 ? 0 : Math.min(1, rank / (bounded.length - 1));
    return { confidence, sessionsPerDay: selectQuantiles(bounded, [probability])[0] ?? null };
  });
}
