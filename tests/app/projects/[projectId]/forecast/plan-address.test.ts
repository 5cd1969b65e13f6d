import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressOf,
  applyAddress,
  none,
  type PlanAddress,
  planParsers,
} from '@/app/projects/[projectId]/forecast/plan-address';
import { ForecastPlan } from '@/lib/cost/forecast/forecast';
import { plainPlan } from '../../../../cost/forecast/example-basis';

/** Writes an address and reads it again, value by value. */
function throughAddress(address: PlanAddress): PlanAddress {
  const read = Object.entries(planParsers).map(([key, parser]) => {
    const value = address[key as keyof PlanAddress];
    // Each value is written by the parser of its own key.
    const write = parser.serialize as (value: unknown) => string;
    return [key, value === null ? null : parser.parse(write(value))];
  });
  return Object.fromEntries(read) as unknown as PlanAddress;
}

describe('the address of a plan', () => {
  test('is empty for the saved plan', () => {
    expect(Object.values(addressOf(plainPlan, plainPlan)).every((value) => value === null)).toBe(
      true,
    );
  });

  test('brings back any plan over any saved one', () => {
    const range = fc
      .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }))
      .map(([a, b]) => ({ low: Math.min(a, b) / 10, high: Math.max(a, b) / 10 }));
    const mixes = fc.option(
      fc.record({
        by: fc.constantFrom('agent' as const, 'model' as const, 'tenant' as const),
        shares: fc.array(
          fc.record({
            name: fc.string({ minLength: 1, maxLength: 20 }),
            share: fc.integer({ min: 1, max: 100 }),
          }),
          { minLength: 1, maxLength: 4 },
        ),
      }),
      { nil: null },
    );
    const plans = fc
      .record({
        sessionsPerDay: range,
        growthPerMonth: range,
        lengthFactor: range,
        months: fc.integer({ min: 1, max: 24 }),
        totalBudgetUsd: fc.option(fc.integer({ min: 1, max: 1e6 }), { nil: null }),
        monthlyBudgetUsd: fc.option(fc.integer({ min: 1, max: 1e6 }), { nil: null }),
        policySetId: fc.option(fc.constantFrom('a', 'b'), { nil: null }),
        mix: mixes,
      })
      .map((part) => ({ ...plainPlan, ...part }));
    fc.assert(
      fc.property(plans, plans, (plan, saved) => {
        expect(applyAddress(saved, throughAddress(addressOf(plan, saved)))).toEqual(plan);
      }),
    );
  });

  test('can take a saved budget and a saved mix away', () => {
    const mix = { by: 'agent' as const, shares: [{ name: 'a', share: 1 }] };
    const { budget, mix: shares } = addressOf(plainPlan, {
      ...plainPlan,
      totalBudgetUsd: 500,
      mix,
    });
    expect([budget, shares]).toEqual([none, none]);
  });

  test('that holds no plan is told apart', () => {
    const empty = addressOf(plainPlan, plainPlan);
    const wrong = applyAddress(plainPlan, { ...empty, months: 99 });
    expect(ForecastPlan.safeParse(wrong).success).toBe(false);
    const words = applyAddress(plainPlan, { ...empty, budget: 'much' });
    expect(ForecastPlan.safeParse(words).success).toBe(false);
    expect(planParsers.perday.parse('40~20')).toBeNull();
    expect(planParsers.perday.parse('~')).toBeNull();
    expect(planParsers.mix.parse('agent~a')).toBeNull();
    expect(planParsers.mix.parse('colour~a~1')).toBeNull();
  });
});
