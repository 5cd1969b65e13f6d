import { describe, expect, test } from 'vitest';
import { tabulateBudgets, tabulateDrivers } from '@/lib/charts/list-forecast-rows';
import {
  type CompletedForecast,
  Forecast,
  type ForecastBasis,
  type ForecastPlan,
} from '@/lib/cost/forecast/forecast';
import { forecastCost } from '@/lib/cost/forecast/forecast-cost';
import { basisOf, plainPlan } from './example-basis';

function forecastOf(plan: Partial<ForecastPlan>, basis: ForecastBasis): CompletedForecast {
  const forecast = forecastCost({ ...plainPlan, ...plan }, basis, { seed: 1, draws: 4_000 });
  if (forecast.kind !== 'forecast') throw new Error(`Got ${forecast.kind}.`);
  return forecast;
}

describe('a forecast of sessions of which some are free', () => {
  test('sessions that cost nothing have no bound on their volume, and no factor', () => {
    const budgets = { months: 2, monthlyBudgetUsd: 10, totalBudgetUsd: 15 };
    const free = forecastOf(budgets, basisOf(new Float64Array(50), 10));
    expect(Forecast.parse(free)).toEqual(free);
    expect(
      free.budgets.map(({ affordable }) => affordable.map((one) => one.sessionsPerDay)),
    ).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
    expect(free.budgets.map(({ over }) => over.share)).toEqual([0, 0]);
    expect(free.multiple.perSession.map(({ factor }) => factor)).toEqual(
      free.multiple.perSession.map(() => null),
    );
    expect(free.multiple.monthlyFactor).toBeNull();
    expect(tabulateDrivers(free).rows).toHaveLength(2);
    expect(JSON.stringify([tabulateDrivers(free), tabulateBudgets(free.budgets)])).not.toContain(
      'NaN',
    );
  });

  test('where few sessions cost anything, draws without them bear any volume', () => {
    const costs = new Float64Array(400);
    costs[0] = 5;
    // Of the resamples (399 ÷ 400)^400 = 37 % hold no session that costs anything.
    const one = forecastOf({ months: 2, monthlyBudgetUsd: 10, totalBudgetUsd: 15 }, basisOf(costs));
    expect(Forecast.parse(one)).toEqual(one);
    for (const { affordable } of one.budgets) {
      for (const { sessionsPerDay } of affordable) expect(sessionsPerDay).toBeGreaterThan(0);
    }
    // Three resamples in five are free: at even odds there is no bound, and with more care there is.
    const half = basisOf(costs);
    const emptied = (values: readonly number[]) => values.map((v, i) => (i % 5 < 3 ? 0 : v + 1e-9));
    const { all } = half;
    if (all === null) throw new Error('no moments');
    const moments = {
      ...all,
      resampledMeans: emptied(all.resampledMeans),
      resampledSecond: emptied(all.resampledSecond),
      resampledThird: emptied(all.resampledThird),
    };
    const { budgets } = forecastOf({ totalBudgetUsd: 15 }, { ...half, all: moments });
    const [fifty, eighty, ninety] = budgets[0]?.affordable ?? [];
    expect(fifty?.sessionsPerDay).toBeNull();
    expect(eighty?.sessionsPerDay).toBeGreaterThan(ninety?.sessionsPerDay ?? Infinity);
  });
});
