import type { MedianParameters } from './draw-parameters';
import type { ForecastBasis, ForecastPlan, SessionMoments } from './forecast';
import { type PlanCalendar, sumMonths } from './plan-calendar';

/** A plan at its medians, with what the session costs are. */
export interface MedianPlan {
  readonly plan: ForecastPlan;
  readonly basis: ForecastBasis;
  readonly calendar: PlanCalendar;
  readonly moments: SessionMoments;
  readonly medians: MedianParameters;
}

/** Sessions of the whole plan ÷ sessions a day at its start. */
export function planVolume(calendar: PlanCalendar, growth: number): number {
  const months = new Float64Array(calendar.firstDay.length - 1);
  sumMonths(calendar, growth, months);
  return months.reduce((sum, volume) => sum + volume, 0);
}
