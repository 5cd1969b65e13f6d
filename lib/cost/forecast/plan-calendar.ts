import type { ForecastPlan } from './forecast';

const msPerDay = 86_400_000;

/** Days of a mean month, over which growth is compounded. */
export const daysPerMonth = 365.25 / 12;

/** The days of a plan, month by month. */
export interface PlanCalendar {
  readonly firstDay: Int32Array; //     months + 1 offsets into the days
  /** Volume of each day ÷ the volume at the start, growth left out: week and ramp. */
  readonly dayWeight: Float64Array;
  readonly startMs: number; //          midnight UTC of the first day
}

/**
 * Lays out the days of a plan.
 *
 * A month runs from the plan's day of the month to the day before it in the next; where a month is
 * too short for that day, it begins on its last day. The seven days of a week weigh 7 in all,
 * whatever the weekend is.
 */
export function layOutPlan(plan: ForecastPlan): PlanCalendar {
  const startMs = Date.parse(`${plan.startDate}T00:00:00Z`);
  const firstDay = Int32Array.from({ length: plan.months + 1 }, (_, month) =>
    Math.round((monthStartMs(startMs, month) - startMs) / msPerDay),
  );
  const weekday = 7 / (5 + 2 * plan.weekendFactor);
  const dayWeight = new Float64Array(firstDay[plan.months]);
  const firstWeekday = new Date(startMs).getUTCDay();
  for (let day = 0; day < dayWeight.length; day++) {
    const dayOfWeek = (firstWeekday + day) % 7;
    const isWeekend = dayOfWeek === 0 || dayOfWeek === 6;
    const ramp = plan.rampDays === 0 ? 1 : Math.min(1, (day + 1) / plan.rampDays);
    dayWeight[day] = ramp * weekday * (isWeekend ? plan.weekendFactor : 1);
  }
  return { firstDay, dayWeight, startMs };
}

function monthStartMs(startMs: number, month: number): number {
  const start = new Date(startMs);
  const first = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1);
  const next = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month + 1, 1);
  const days = Math.round((next - first) / msPerDay);
  return first + (Math.min(start.getUTCDate(), days) - 1) * msPerDay;
}

/** The date of a day of the plan, `YYYY-MM-DD`. */
export function dateOfDay({ startMs }: PlanCalendar, day: number): string {
  return new Date(startMs + day * msPerDay).toISOString().slice(0, 10);
}

/**
 * Adds up the relative volume of each month.
 *
 * @param growthPerMonth 0.1: a tenth more each month, compounded by the day
 * @param into one number per month: sessions of the month ÷ sessions a day at the start
 */
export function sumMonths(
  { firstDay, dayWeight }: PlanCalendar,
  growthPerMonth: number,
  into: Float64Array,
): void {
  const daily = (1 + growthPerMonth) ** (1 / daysPerMonth);
  let volume = 1;
  for (let month = 0; month < into.length; month++) {
    let sum = 0;
    for (let day = firstDay[month]; day < firstDay[month + 1]; day++) {
      sum += dayWeight[day] * volume;
      volume *= daily;
    }
    into[month] = sum;
  }
}

/**
 * The day of a month on which a share of the month's volume has come.
 *
 * @param share 0–1 of the month
 * @returns index into the days of the plan
 */
export function dayAtShare(
  { firstDay, dayWeight }: PlanCalendar,
  growthPerMonth: number,
  month: number,
  share: number,
  monthVolume: number,
): number {
  const daily = (1 + growthPerMonth) ** (1 / daysPerMonth);
  let volume = daily ** firstDay[month];
  let sum = 0;
  for (let day = firstDay[month]; day < firstDay[month + 1]; day++) {
    sum += dayWeight[day] * volume;
    volume *= daily;
    // Rounding of the sum must not push a budget that is spent on the last day out of the month.
    if (sum >= share * monthVolume * (1 - 1e-12)) return day;
  }
  return firstDay[month + 1] - 1;
}
