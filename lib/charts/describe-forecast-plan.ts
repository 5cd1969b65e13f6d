import type { ForecastMix, ForecastPlan, ForecastRange } from '../cost/forecast/forecast';
import { formatCount, formatCounted, formatDecimal, formatPercent, formatUsd } from '../format';

/** One input of a plan and what was given for it. */
export type PlanWords = readonly [input: string, given: string];

/** The policy set of a plan, each policy in words. */
interface NamedPolicies {
  readonly name: string;
  readonly words: readonly string[];
}

/** The inputs of a plan in words, in the order in which they are typed. */
export function listPlanWords(
  plan: ForecastPlan,
  policies: NamedPolicies | null,
): readonly PlanWords[] {
  const times = (value: number) => `× ${formatDecimal(value)}`;
  return [
    ['First day', `${plan.startDate}, for ${formatCounted(plan.months, 'month')}`],
    ['Sessions a day', rangeWords(plan.sessionsPerDay, (value) => formatDecimal(value))],
    ['Growth per month', rangeWords(plan.growthPerMonth, signedPercent)],
    ['Weekend ÷ weekday', formatDecimal(plan.weekendFactor)],
    [
      'Ramp',
      plan.rampDays === 0 ? 'none' : `${formatCounted(plan.rampDays, 'day')}, in a straight line`,
    ],
    ['Length of a session', rangeWords(plan.lengthFactor, times)],
    ['Retries', rangeWords(plan.retryFactor, times)],
    ['Policies', policyWords(plan.policySetId, policies)],
    ['Mix', plan.mix === null ? 'as imported' : mixWords(plan.mix)],
    ['Budget', budgetWords(plan)],
  ];
}

function policyWords(policySetId: string | null, policies: NamedPolicies | null): string {
  if (policySetId === null) return 'as today';
  if (policies === null) return 'a set that is gone';
  return `${policies.name}: ${policies.words.length === 0 ? 'none' : policies.words.join('; ')}`;
}

/** Ends of a range, or the one number that it is. */
function rangeWords({ low, high }: ForecastRange, format: (value: number) => string): string {
  return low === high ? format(low) : `${format(low)} to ${format(high)}`;
}

/** A true minus where it is below 0. */
const signedPercent = (share: number) =>
  share < 0 ? `−${formatPercent(-share)}` : formatPercent(share);

function mixWords({ by, shares }: ForecastMix): string {
  const whole = shares.reduce((sum, { share }) => sum + share, 0);
  const parts = shares.map(({ name, share }) => `${name} ${formatPercent(share / whole)}`);
  return `by ${by === 'tenant' ? `${formatCount(shares.length)} users` : by}: ${parts.join(', ')}`;
}

function budgetWords({ monthlyBudgetUsd, totalBudgetUsd }: ForecastPlan): string {
  const parts = [
    ...(monthlyBudgetUsd === null ? [] : [`${formatUsd(monthlyBudgetUsd)} a month`]),
    ...(totalBudgetUsd === null ? [] : [`${formatUsd(totalBudgetUsd)} in all`]),
  ];
  return parts.length === 0 ? 'none is given' : parts.join(', ');
}
