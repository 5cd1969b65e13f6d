import { describe, expect, test } from 'vitest';
import { listPlanWords } from '@/lib/charts/describe-forecast-plan';
import { tabulateMonths } from '@/lib/charts/tabulate-report';
import type { ForecastPlan } from '@/lib/cost/forecast/forecast';
import { forecastCost } from '@/lib/cost/forecast/forecast-cost';
import { basisOf, lognormalCosts, plainPlan } from '../cost/forecast/example-basis';

const wordsOf = (
  change: Partial<ForecastPlan>,
  policies: Parameters<typeof listPlanWords>[1] = null,
) => Object.fromEntries(listPlanWords({ ...plainPlan, ...change }, policies));

describe('a plan in words', () => {
  test('a range has both ends, and a point is one number', () => {
    const words = wordsOf({
      months: 3,
      sessionsPerDay: { low: 1_200, high: 2_000 },
      growthPerMonth: { low: -0.05, high: 0.1 },
      lengthFactor: { low: 1, high: 1.5 },
      rampDays: 30,
    });
    expect(words).toMatchObject({
      'First day': '2026-11-01, for 3 months',
      'Sessions a day': '1,200 to 2,000',
      'Growth per month': '−5\u00a0% to 10\u00a0%',
      'Length of a session': '× 1 to × 1.5',
      Retries: '× 1',
      Ramp: '30 days, in a straight line',
    });
  });

  test('what is left out is told as such', () => {
    expect(wordsOf({})).toMatchObject({
      Policies: 'as today',
      Mix: 'as imported',
      Ramp: 'none',
      Budget: 'none is given',
    });
  });

  test('both budgets are named, and shares of a mix add up to all of it', () => {
    const shares = [
      { name: 'a', share: 3 },
      { name: 'b', share: 1 },
    ];
    const words = wordsOf({
      monthlyBudgetUsd: 500,
      totalBudgetUsd: 4_000,
      mix: { by: 'agent', shares },
    });
    expect(words.Budget).toBe('$500.00 a month, $4,000 in all');
    expect(words.Mix).toBe('by agent: a 75\u00a0%, b 25\u00a0%');
  });

  test('policies are told one by one, none as none, and a set that is gone as such', () => {
    const set = (words: string[]) => wordsOf({ policySetId: 'id' }, { name: 'Lean', words });
    expect(set(['one', 'two']).Policies).toBe('Lean: one; two');
    expect(set([]).Policies).toBe('Lean: none');
    expect(wordsOf({ policySetId: 'id' }).Policies).toBe('a set that is gone');
  });
});

describe('the months of a plan as a table', () => {
  const tableOf = (change: Partial<ForecastPlan>) => {
    const plan = { ...plainPlan, months: 2, ...change };
    const forecast = forecastCost(plan, basisOf(lognormalCosts(60)), { seed: 1, draws: 500 });
    if (forecast.kind !== 'forecast') throw new Error('No forecast.');
    return tabulateMonths(forecast);
  };

  test.each([
    [{}, 4],
    [{ monthlyBudgetUsd: 900 }, 5],
    [{ totalBudgetUsd: 1_800 }, 5],
    [{ monthlyBudgetUsd: 900, totalBudgetUsd: 1_800 }, 6],
  ])('has a column of shares for each budget that is given: %o', (budgets, columns) => {
    const table = tableOf(budgets);
    expect(table.columns).toHaveLength(columns);
    expect(table.rows).toHaveLength(3);
    for (const row of table.rows) expect(row).toHaveLength(columns);
  });

  test('all months together are over the whole budget as often as at the end of the last', () => {
    const { rows } = tableOf({ totalBudgetUsd: 1_800 });
    expect(rows.at(-1)?.at(-1)).toBe(rows.at(-2)?.at(-1));
    expect(rows.at(-1)?.at(-1)).toMatch(/%$/);
  });
});
