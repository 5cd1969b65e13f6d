import type { CostDriver, PilotMultiple } from './forecast';
import { costFactorAt } from './length-cost';
import type { MedianPlan } from './median-plan';
import { daysPerMonth, sumMonths } from './plan-calendar';

/**
 * Takes apart what a session costs in production against the pilot, step by step: each factor is the
 * cost after its step ÷ the cost before it, so that they multiply to the whole, and dollars add up. A step from nothing has no factor.
 */
export function explainMultiple(median: MedianPlan): PilotMultiple {
  const { plan, basis, calendar, moments, medians } = median;
  const all = basis.all ?? moments;
  const { lengthFactor } = medians;
  const asImported = basis.policyNote === null ? all.meanUsdToday : all.meanUsd;
  const steps: readonly (readonly [CostDriver['name'], number])[] = [
    ['policies', asImported],
    ['mix', moments.meanUsd],
    ['more_calls', moments.meanUsd * lengthFactor],
    ['longer_history', moments.meanUsd * costFactorAt(basis.length, lengthFactor)],
    ['retries', moments.meanUsd * costFactorAt(basis.length, lengthFactor) * medians.retryFactor],
    ['load', moments.meanUsd * medians.factor],
  ];
  let before = all.meanUsdToday;
  const perSession = steps.map(([name, after]) => {
    const driver = { name, factor: before > 0 ? after / before : null, addedUsd: after - before };
    before = after;
    return driver;
  });
  const months = new Float64Array(plan.months);
  sumMonths(calendar, medians.growth, months);
  const last = plan.months - 1;
  const lastDays = calendar.firstDay[last + 1] - calendar.firstDay[last];
  const perDay = (medians.perDay * months[last]) / lastDays;
  const observed = basis.observedSessionsPerDay;
  const pilotUsdMonthly = observed === null ? null : observed * daysPerMonth * all.meanUsdToday;
  const productionUsdMonthly = perDay * daysPerMonth * before;
  return {
    pilotUsdPerSession: all.meanUsdToday,
    productionUsdPerSession: before,
    perSession,
    pilotUsdMonthly,
    productionUsdMonthly,
    monthlyFactor:
      pilotUsdMonthly !== null && pilotUsdMonthly > 0
        ? productionUsdMonthly / pilotUsdMonthly
        : null,
    volumeFactor: observed !== null && observed > 0 ? perDay / observed : null,
  };
}
