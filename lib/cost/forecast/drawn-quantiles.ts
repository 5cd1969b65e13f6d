import { selectQuantiles } from '../../stats/select-quantiles';
import { wilsonInterval } from '../../stats/wilson';
import type { DrawnDate, DrawnShare, ForecastQuantiles } from './forecast';
import { dateOfDay, type PlanCalendar } from './plan-calendar';

const normalP975 = 1.959963984540054;

/** Five quantiles of draws. */
export function quantilesOf(values: Float64Array): ForecastQuantiles {
  const [p10 = 0, p25 = 0, p50 = 0, p75 = 0, p90 = 0] = selectQuantiles(
    values,
    [0.1, 0.25, 0.5, 0.75, 0.9],
  );
  return { p10, p25, p50, p75, p90 };
}

/** Share of draws above a value, with its 95 % interval by Wilson. */
export function shareAbove(values: Float64Array, limit: number): DrawnShare {
  let above = 0;
  for (let draw = 0; draw < values.length; draw++) if (values[draw] > limit) above++;
  return { share: above / values.length, interval95: wilsonInterval(above, values.length) };
}

/**
 * Where a quantile of the draws would lie in 95 % of repetitions, by order statistics: ranks n·p ±
 * 1.96·√(n·p·(1 − p)).
 *
 * @see David and Nagaraja, Order Statistics (2003), §7.1
 */
export function quantileInterval95(sorted: Float64Array, probability: number): [number, number] {
  const n = sorted.length;
  const reach = normalP975 * Math.sqrt(n * probability * (1 - probability));
  const at = (rank: number) => sorted[Math.max(0, Math.min(n - 1, rank))];
  return [at(Math.floor(n * probability - reach) - 1), at(Math.ceil(n * probability + reach))];
}

/**
 * Quantiles of a day by order statistics; a day that is infinite is not within the horizon.
 *
 * @param days index into the days of the plan, per draw
 */
export function datesOf(days: Float64Array, calendar: PlanCalendar): DrawnDate {
  const sorted = days.slice().sort();
  const at = (probability: number) => {
    const day = sorted[Math.max(0, Math.ceil(probability * sorted.length) - 1)];
    return Number.isFinite(day) ? dateOfDay(calendar, day) : null;
  };
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}
