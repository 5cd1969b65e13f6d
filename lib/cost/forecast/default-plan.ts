import type { ForecastBasis, ForecastPlan } from './forecast';

const point = (value: number) => ({ low: value, high: value });

/** Volume of a plan where the traces say nothing of it. */
const assumedSessionsPerDay = 100;

/** Whether the volume of a plan that nobody has saved is only a placeholder. */
export function isPlaceholderVolume(
  { sessionsPerDay: { low, high } }: ForecastPlan,
  basis: ForecastBasis | null,
): boolean {
  const isUntold = (basis?.observedSessionsPerDay ?? null) === null;
  return isUntold && low === assumedSessionsPerDay && high === assumedSessionsPerDay;
}

/**
 * The plan that a project begins with: the volume of its traces, for three months, without a budget.
 *
 * @param nowMs the plan begins on the first day of the month after it, in UTC
 * @param basis null: nothing is imported
 */
export function defaultForecastPlan(nowMs: number, basis: ForecastBasis | null): ForecastPlan {
  const now = new Date(nowMs);
  const start = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
  const observed = basis?.observedSessionsPerDay ?? null;
  const perDay = observed === null ? assumedSessionsPerDay : Number(observed.toPrecision(2));
  const weekend = basis?.observedWeekendFactor ?? null;
  return {
    startDate: start.toISOString().slice(0, 10),
    months: 3,
    sessionsPerDay: point(Math.max(0.01, perDay)),
    growthPerMonth: point(0),
    weekendFactor: weekend === null ? 1 : Math.min(10, Number(weekend.toFixed(2))),
    rampDays: 0,
    lengthFactor: point(1),
    retryFactor: point(1),
    monthlyBudgetUsd: null,
    totalBudgetUsd: null,
    mix: null,
    policySetId: null,
  };
}
