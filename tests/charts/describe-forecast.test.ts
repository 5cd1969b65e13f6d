import { describe, expect, test } from 'vitest';
import { describeBudget, describeForecast, formatInput } from '@/lib/charts/describe-forecast';
import { listForecastCsv, tabulateBudgets, tabulateDrivers } from '@/lib/charts/list-forecast-rows';
import { prepareForecastFan } from '@/lib/charts/prepare-forecast-fan';
import { prepareTornado } from '@/lib/charts/prepare-tornado';
import type { BudgetOutcome, CompletedForecast, ForecastPlan } from '@/lib/cost/forecast/forecast';
import { forecastCost } from '@/lib/cost/forecast/forecast-cost';
import { basisOf, lognormalCosts, plainPlan } from '../cost/forecast/example-basis';

const plan: ForecastPlan = {
  ...plainPlan,
  months: 3,
  sessionsPerDay: { low: 1_200, high: 2_000 },
  totalBudgetUsd: 40_000,
  monthlyBudgetUsd: 1_000_000,
};
const basis = basisOf(lognormalCosts(200));

function completed(changes: Partial<ForecastPlan> = {}): CompletedForecast {
  const forecast = forecastCost({ ...plan, ...changes }, basis, { seed: 1, draws: 2_000 });
  if (forecast.kind !== 'forecast') throw new Error('no forecast');
  return forecast;
}

describe('describing a forecast', () => {
  test('leads with volume and the range of the first month', () => {
    const { headline } = describeForecast(plan, completed());
    expect(headline).toMatch(
      /^At 1,200 to 2,000 sessions a day the first month costs \$[\d,]+\s–\s\$[\d,]+ \(P10–P90\); the budget of \$40,000 for 3 months is passed with /,
    );
    const without = completed({ totalBudgetUsd: null, monthlyBudgetUsd: null });
    expect(describeForecast(plan, without).headline).toMatch(/\(P10–P90\)$/);
    expect(describeForecast(plainPlan, completed()).headline).toContain('At 100 sessions a day');
  });

  test('says of a volume that nobody gave that it is a placeholder', () => {
    expect(describeForecast(plainPlan, completed(), 'placeholder').headline).toMatch(
      /^For 100 sessions a day, a placeholder until you say yours, the first month costs /,
    );
  });

  test('says of a monthly budget that any of the months may pass it', () => {
    const monthly = { totalBudgetUsd: null, monthlyBudgetUsd: 3_000 };
    const { headline, lede } = describeForecast(plan, completed(monthly));
    expect(headline).toContain('is passed in at least one of 3 months with a chance of');
    expect(lede).toContain('is passed in at least one of 3 months in');
    const one = describeForecast({ ...plan, months: 1 }, completed({ ...monthly, months: 1 }));
    expect(one.headline).not.toContain('at least one');
  });

  test('says of a budget how often and by when it is passed, as far as that is within the horizon', () => {
    const outcome: BudgetOutcome = {
      kind: 'total',
      budgetUsd: 10_000,
      over: { share: 0.34, interval95: [0.33, 0.35] },
      passedOn: { p10: '2027-03-12', p50: null, p90: null },
      eightyPercentOn: { p10: null, p50: null, p90: null },
      affordable: [],
    };
    expect(describeBudget({ ...outcome, affordable: [] }, plan)).toBe(
      'The budget of $10,000 for 3 months is passed in 34\u00a0% of the draws: in a tenth of all draws by 2027-03-12.',
    );
    const never = { ...outcome, over: { share: 0, interval95: [0, 0.001] as [number, number] } };
    expect(
      describeBudget(
        { ...never, affordable: [], passedOn: { p10: null, p50: null, p90: null } },
        plan,
      ),
    ).toBe('The budget of $10,000 for 3 months is passed in none of the draws.');
  });

  test('says what is missing in place of a number', () => {
    const few = forecastCost(plan, basisOf(lognormalCosts(7)), { seed: 1 });
    expect(describeForecast(plan, few).headline).toBe(
      'A forecast needs 20 priced sessions; there are 7',
    );
    const none = describeForecast(plan, {
      kind: 'too_few_sessions',
      sessions: 0,
      needed: 20,
      meanUsdPerSession: null,
    });
    expect(none.lede).toBe('None of the imported sessions has a price.');
  });

  test('inputs are written in their own units', () => {
    expect(formatInput('growth_per_month', 0.05)).toBe('5\u00a0%');
    expect(formatInput('length_growth', -0.2)).toBe('−0.2 in the exponent');
    expect(formatInput('retry_factor', 1.5)).toBe('× 1.5');
  });
});

describe('drawing a forecast', () => {
  test('marks the dates on which the budget is spent where they lie within their month', () => {
    const forecast = completed();
    const { marks, budget, points } = prepareForecastFan(plan, forecast, 'cumulative');
    expect(budget?.usd).toBe(40_000);
    expect(points.map(({ at }) => at)).toEqual([1, 2, 3]);
    const spent = forecast.budgets.find(({ kind }) => kind === 'total')?.passedOn;
    expect(marks.map(({ label }) => label)).toEqual(
      Object.entries(spent ?? {}).flatMap(([q, date]) =>
        date === null ? [] : [`${q.toUpperCase()} ${date}`],
      ),
    );
    for (const mark of marks) {
      const date = mark.label.slice(4);
      const month = forecast.months.find(({ from, to }) => date >= from && date <= to);
      expect(Math.ceil(mark.at)).toBe(month?.number);
    }
    expect(marks.length).toBeGreaterThan(0);
  });

  test('months by themselves are held against the budget of a month', () => {
    const chart = prepareForecastFan(plan, completed(), 'monthly');
    expect(chart.budget?.usd).toBe(1_000_000);
    expect(chart.usdTicks.at(-1)).toBeGreaterThanOrEqual(1_000_000);
    expect(chart.marks).toEqual([]);
  });

  test('every tick, band and bar lies on the axis', () => {
    const forecast = completed();
    const tornado = prepareTornado(forecast);
    const top = tornado?.usdTicks.at(-1) ?? 0;
    for (const row of tornado?.rows ?? []) {
      expect(row.lowUsd).toBeGreaterThanOrEqual(0);
      expect(row.highUsd).toBeLessThanOrEqual(top);
    }
    expect(prepareTornado({ ...forecast, tornado: [] })).toBeNull();
  });
});

describe('tables of a forecast', () => {
  test('a date beyond the horizon is said to be one', () => {
    const table = tabulateBudgets(completed().budgets);
    const monthly = table.columns.findIndex((column) => column.includes('per month'));
    expect(table.rows.find(([name]) => name === 'Spent by, in half')?.[monthly]).toBe(
      'not within the horizon',
    );
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  });

  test('drivers that change nothing are left out', () => {
    const names = (changes: Partial<ForecastPlan>) =>
      tabulateDrivers(completed(changes)).rows.map(([name]) => name);
    expect(names({})).toEqual(['In the traces', 'In production']);
    expect(names({ retryFactor: { low: 1.2, high: 1.2 } })).toEqual([
      'In the traces',
      'More retries',
      'In production',
    ]);
  });

  test('the CSV holds the plan, every month and every budget, four cells to a row', () => {
    const rows = listForecastCsv(plan, completed());
    expect(rows.every((row) => row.length === 4)).toBe(true);
    const sections = new Set(rows.map(([section]) => section));
    expect([...sections]).toEqual([
      'section',
      'plan',
      'month',
      'total',
      'budget',
      'doubt',
      'tornado',
      'driver',
    ]);
    expect(rows.filter(([section]) => section === 'month')).toHaveLength(3 * 17);
  });
});
