import { createParser, parseAsFloat, parseAsInteger, parseAsString } from 'nuqs';
import { ForecastMix, type ForecastPlan, type ForecastRange } from '@/lib/cost/forecast/forecast';

/** A range in an address: `1200~2000`, or one number for a point. */
const parseAsRange = createParser<ForecastRange>({
  parse: (text) => {
    const [low, high = low] = text.split('~').map((end) => (end === '' ? Number.NaN : Number(end)));
    if (low === undefined || high === undefined) return null;
    return Number.isFinite(low) && Number.isFinite(high) && low <= high ? { low, high } : null;
  },
  serialize: ({ low, high }) => (low === high ? String(low) : `${low}~${high}`),
  eq: (a, b) => a.low === b.low && a.high === b.high,
});

/** Stands in an address for what the saved plan has and this one has not. */
export const none = 'none';

/** A mix in an address: `agent~support~60~billing~40`, names escaped. */
const parseAsMix = createParser<ForecastMix | typeof none>({
  parse: (text) => {
    if (text === none) return none;
    const [by, ...rest] = text.split('~').map(decodePart);
    const shares = Array.from({ length: rest.length / 2 }, (_, i) => ({
      name: rest[2 * i],
      share: Number(rest[2 * i + 1]),
    }));
    const mix = ForecastMix.safeParse({ by, shares });
    return mix.success ? mix.data : null;
  },
  serialize: (mix) =>
    mix === none
      ? none
      : [mix.by, ...mix.shares.flatMap(({ name, share }) => [encodePart(name), share])].join('~'),
  eq: (a, b) => JSON.stringify(a) === JSON.stringify(b),
});

const encodePart = (name: string) => encodeURIComponent(name).replaceAll('~', '%7E');

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What of a plan stands in the address, where it differs from the saved one. */
export const planParsers = {
  start: parseAsString,
  months: parseAsInteger,
  perday: parseAsRange,
  growth: parseAsRange,
  weekend: parseAsFloat,
  ramp: parseAsInteger,
  length: parseAsRange,
  retry: parseAsRange,
  monthly: parseAsString, // a number of dollars, or `none`
  budget: parseAsString,
  mix: parseAsMix,
  policies: parseAsString,
};

/** The values of an address; `null` where it does not say. */
export type PlanAddress = {
  readonly [Key in keyof typeof planParsers]: ReturnType<(typeof planParsers)[Key]['parse']>;
};

/** The saved plan with what an address says of it. */
export function applyAddress(saved: ForecastPlan, address: PlanAddress): unknown {
  const usd = (text: string | null, otherwise: number | null) =>
    text === null ? otherwise : text === none ? null : Number(text);
  return {
    startDate: address.start ?? saved.startDate,
    months: address.months ?? saved.months,
    sessionsPerDay: address.perday ?? saved.sessionsPerDay,
    growthPerMonth: address.growth ?? saved.growthPerMonth,
    weekendFactor: address.weekend ?? saved.weekendFactor,
    rampDays: address.ramp ?? saved.rampDays,
    lengthFactor: address.length ?? saved.lengthFactor,
    retryFactor: address.retry ?? saved.retryFactor,
    monthlyBudgetUsd: usd(address.monthly, saved.monthlyBudgetUsd),
    totalBudgetUsd: usd(address.budget, saved.totalBudgetUsd),
    mix: address.mix === none ? null : (address.mix ?? saved.mix),
    policySetId:
      address.policies === null
        ? saved.policySetId
        : address.policies === none
          ? null
          : address.policies,
  };
}

/** What an address has to say of a plan: only what differs from the saved one. */
export function addressOf(plan: ForecastPlan, saved: ForecastPlan): PlanAddress {
  const unless = <T>(value: T, same: T): T | null =>
    JSON.stringify(value) === JSON.stringify(same) ? null : value;
  const orNone = (value: number | string | null, same: number | string | null) =>
    value === same ? null : value === null ? none : String(value);
  return {
    start: unless(plan.startDate, saved.startDate),
    months: unless(plan.months, saved.months),
    perday: unless(plan.sessionsPerDay, saved.sessionsPerDay),
    growth: unless(plan.growthPerMonth, saved.growthPerMonth),
    weekend: unless(plan.weekendFactor, saved.weekendFactor),
    ramp: unless(plan.rampDays, saved.rampDays),
    length: unless(plan.lengthFactor, saved.lengthFactor),
    retry: unless(plan.retryFactor, saved.retryFactor),
    monthly: orNone(plan.monthlyBudgetUsd, saved.monthlyBudgetUsd),
    budget: orNone(plan.totalBudgetUsd, saved.totalBudgetUsd),
    mix: plan.mix === null && saved.mix !== null ? none : unless(plan.mix, saved.mix),
    policies: orNone(plan.policySetId, saved.policySetId),
  };
}
