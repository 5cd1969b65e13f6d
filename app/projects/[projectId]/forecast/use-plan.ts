'use client';

import { useQueryStates } from 'nuqs';
import { ForecastPlan } from '@/lib/cost/forecast/forecast';
import { addressOf, applyAddress, planParsers } from './plan-address';

/** The plan of the page and how it is changed. */
export interface ShownPlan {
  readonly plan: ForecastPlan;
  readonly isChanged: boolean; //   from the saved one
  /** The address held something that no plan can be; the saved plan is shown. */
  readonly isAddressRefused: boolean;
  readonly change: (part: Partial<ForecastPlan>) => void;
  readonly reset: () => void;
}

/** The plan of the page: the saved one with what the address says. Only the difference is in it. */
export function usePlan(saved: ForecastPlan): ShownPlan {
  const [address, setAddress] = useQueryStates(planParsers, { history: 'replace' });
  const parsed = ForecastPlan.safeParse(applyAddress(saved, address));
  const plan = parsed.success ? parsed.data : saved;
  return {
    plan,
    isChanged: JSON.stringify(plan) !== JSON.stringify(saved),
    isAddressRefused: !parsed.success,
    change: (part) => {
      const next = ForecastPlan.safeParse({ ...plan, ...part });
      if (next.success) void setAddress(addressOf(next.data, saved));
    },
    reset: () => void setAddress(null),
  };
}
