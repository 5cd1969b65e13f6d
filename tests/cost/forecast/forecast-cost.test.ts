import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CompletedForecast,
  Forecast,
  type ForecastBasis,
  ForecastPlan,
} from '@/lib/cost/forecast/forecast';
import { forecastCost } from '@/lib/cost/forecast/forecast-cost';
import { lengthModelOfExponent } from '@/lib/cost/forecast/length-cost';
import { quantile } from '@/lib/stats/quantile';
import { basisOf, lognormalCosts, plainPlan } from './example-basis';

const seed = 1;

function complete(
  plan: Partial<ForecastPlan>,
  basis: ForecastBasis,
  options: { seed: number; draws?: number } = { seed, draws: 4_000 },
): CompletedForecast {
  const forecast = forecastCost(ForecastPlan.parse({ ...plainPlan, ...plan }), basis, options);
  if (forecast.kind !== 'forecast') throw new Error(`Got ${forecast.kind}.`);
  return forecast;
}

/** Every session costs the same. */
const pointMass = (usd: number) => basisOf(new Float64Array(50).fill(usd), 10);

/** P(N > limit) of a Poisson variable, by its own sum. */
function poissonAbove(mean: number, limit: number): number {
  let log = -mean;
  let below = 0;
  for (let n = 0; n <= limit; n++) {
    below += Math.exp(log);
    log += Math.log(mean / (n + 1));
  }
  return 1 - below;
}

const normalDensityTail = (z: number) => {
  let tail = 0;
  for (let x = z; x < 9; x += 1e-4) tail += Math.exp((-x * x) / 2) * 1e-4;
  return tail / Math.sqrt(2 * Math.PI);
};

describe('forecastCost', () => {
  test('the ends of a range are P10 and P90 of what it alone decides', () => {
    const { totalUsd, doubt } = complete(
      { sessionsPerDay: { low: 1_000, high: 4_000 } },
      pointMass(1),
      { seed, draws: 50_000 },
    );
    expect(totalUsd.p10 / 30_000).toBeCloseTo(1, 1);
    expect(totalUsd.p50 / 60_000).toBeCloseTo(1, 1);
    expect(totalUsd.p90 / 120_000).toBeCloseTo(1, 1);
    const sessionCost = doubt.find(({ part }) => part === 'session_cost');
    expect(sessionCost?.totalUsd.p90).toBeCloseTo(sessionCost?.totalUsd.p10 ?? 0, 6);
  });

  test('P(over budget) is the lognormal tail where volume alone is uncertain', () => {
    const { budgets } = complete(
      { sessionsPerDay: { low: 10_000, high: 20_000 }, totalBudgetUsd: 500_000 },
      pointMass(1),
      { seed, draws: 40_000 },
    );
    const sigma = Math.log(2) / (2 * 1.2815515655446004);
    const z = (Math.log(500_000 / 30) - Math.log(Math.sqrt(2e8))) / sigma;
    expect(budgets[0]?.over.share).toBeCloseTo(normalDensityTail(z), 2);
  });

  test('P(over budget) of a point mass is the Poisson tail, within its Monte Carlo error', () => {
    for (const limit of [2_950, 3_000, 3_060]) {
      // Halfway between two whole numbers of sessions: the sum is continuous here, the count is not.
      const { budgets } = complete({ totalBudgetUsd: 2 * (limit + 0.5) }, pointMass(2), {
        seed,
        draws: 40_000,
      });
      const [low, high] = budgets[0]?.over.interval95 ?? [0, 0];
      const exact = poissonAbove(3_000, limit);
      expect(exact).toBeGreaterThan(low - 0.003);
      expect(exact).toBeLessThan(high + 0.003);
    }
  });

  test('a plan without chance spends its budget on the day that division gives', () => {
    // 1e8 sessions a day of 1 USD: chance moves the total by one part in ten thousand.
    const plan = { sessionsPerDay: { low: 1e8, high: 1e8 }, months: 3 };
    const dates = (totalBudgetUsd: number) =>
      complete({ ...plan, totalBudgetUsd }, pointMass(1)).budgets[0]?.passedOn;
    expect(dates(10.5e8)).toEqual({ p10: '2026-11-11', p50: '2026-11-11', p90: '2026-11-11' });
    expect(dates(35.5e8)).toEqual({ p10: '2026-12-06', p50: '2026-12-06', p90: '2026-12-06' });
    expect(dates(92.5e8)).toEqual({ p10: null, p50: null, p90: null });
    const eighty = complete({ ...plan, totalBudgetUsd: 1e9 }, pointMass(1)).budgets[0];
    expect(eighty?.eightyPercentOn.p50).toBe('2026-11-08');
  });

  test('a monthly budget is judged month by month, and passed in the first that does', () => {
    const { budgets, months } = complete(
      {
        sessionsPerDay: { low: 1e8, high: 1e8 },
        months: 3,
        growthPerMonth: { low: 0.1, high: 0.1 },
        monthlyBudgetUsd: 33e8,
      },
      pointMass(1),
    );
    expect(months.map((month) => month.overMonthlyBudget?.share)).toEqual([0, 1, 1]);
    expect(budgets[0]?.over.share).toBe(1);
    expect(budgets[0]?.passedOn.p50?.slice(0, 7)).toBe('2026-12');
  });

  test('the affordable volume costs the budget at its confidence', () => {
    const basis = basisOf(lognormalCosts(400));
    const plan = { months: 2, growthPerMonth: { low: 0, high: 0.2 }, totalBudgetUsd: 1_500 };
    for (const kind of ['total', 'monthly'] as const) {
      const budget =
        kind === 'total' ? plan : { ...plan, totalBudgetUsd: null, monthlyBudgetUsd: 800 };
      const { budgets } = complete(budget, basis, { seed, draws: 10_000 });
      for (const { confidence, sessionsPerDay } of budgets[0]?.affordable ?? []) {
        if (sessionsPerDay === null) throw new Error('Every session costs something.');
        const volume = { low: sessionsPerDay, high: sessionsPerDay };
        const at = complete({ ...budget, sessionsPerDay: volume }, basis, { seed, draws: 10_000 });
        expect(at.budgets[0]?.over.share).toBeCloseTo(1 - confidence, 1);
      }
    }
  });

  test('weekends, ramp and growth add up to the days they describe', () => {
    const usd = (plan: Partial<ForecastPlan>) =>
      complete({ sessionsPerDay: { low: 1e8, high: 1e8 }, ...plan }, pointMass(1)).totalUsd.p50 /
      1e8;
    // Four whole weeks and two Sundays more: 2026-11-01 is a Sunday, 2026-11-30 a Monday.
    const weekday = 7 / 5;
    expect(usd({ weekendFactor: 0 })).toBeCloseTo(21 * weekday, 2);
    expect(usd({ rampDays: 30 })).toBeCloseTo((30 * 31) / 2 / 30, 2);
    const daily = 1.5 ** (12 / 365.25);
    expect(usd({ growthPerMonth: { low: 0.5, high: 0.5 } })).toBeCloseTo(
      (daily ** 30 - 1) / (daily - 1),
      2,
    );
  });

  test('a plan begins within the years that its dates can be computed for', () => {
    const begins = (startDate: string) => ForecastPlan.safeParse({ ...plainPlan, startDate });
    for (const date of ['9999-12-01', '0050-12-01', '1999-12-31', '2201-01-01']) {
      expect(begins(date).error?.issues[0]?.message).toBe(
        'Give a first day in the years 2000 to 2200.',
      );
    }
    for (const startDate of ['2000-01-01', '2200-12-31']) {
      expect(begins(startDate).success).toBe(true);
      const { months } = complete({ startDate, months: 24 }, pointMass(1));
      expect(months[0]?.from).toBe(startDate);
      expect(months).toHaveLength(24);
    }
  });

  test('a session in production costs what the traces’ mean does where nothing differs', () => {
    const basis = basisOf(lognormalCosts(60, 1.5));
    const { multiple, costPerSessionUsd } = complete({}, basis);
    expect(multiple.productionUsdPerSession).toBeCloseTo(basis.all?.meanUsd ?? Number.NaN, 12);
    expect(costPerSessionUsd.p10).toBeLessThan(multiple.productionUsdPerSession);
    expect(costPerSessionUsd.p90).toBeGreaterThan(multiple.productionUsdPerSession);
  });

  test('months begin on the plan’s day, or on the last day of a shorter month', () => {
    const { months } = complete({ startDate: '2027-01-31', months: 3 }, pointMass(1));
    expect(months.map(({ from, to }) => [from, to])).toEqual([
      ['2027-01-31', '2027-02-27'],
      ['2027-02-28', '2027-03-30'],
      ['2027-03-31', '2027-04-29'],
    ]);
  });

  test('the mean session cost is as uncertain as its standard error says', () => {
    const costs = lognormalCosts(400, 0.8);
    const { costPerSessionUsd } = complete({}, basisOf(costs), { seed, draws: 10_000 });
    const mean = costs.reduce((sum, cost) => sum + cost, 0) / 400;
    const sd = Math.sqrt(costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / 400);
    expect(costPerSessionUsd.p90 - mean).toBeCloseTo((1.2816 * sd) / 20, 2);
    expect(mean - costPerSessionUsd.p10).toBeCloseTo((1.2816 * sd) / 20, 2);
  });

  test('the intervals of the quantiles hold the quantiles of repetitions', () => {
    const basis = basisOf(lognormalCosts(200));
    const plan = { sessionsPerDay: { low: 50, high: 200 } };
    const { monteCarlo95 } = complete(plan, basis, { seed, draws: 10_000 });
    const others = [2, 3, 4, 5, 6].map((s) => complete(plan, basis, { seed: s }).totalUsd.p50);
    const [low, high] = monteCarlo95.p50;
    expect(quantile(others, 0.5)).toBeGreaterThan(low * 0.99);
    expect(quantile(others, 0.5)).toBeLessThan(high * 1.01);
    expect(high / low).toBeLessThan(1.06);
  });

  test('drivers multiply and add up to the whole', () => {
    const basis = {
      ...basisOf(lognormalCosts(100)),
      length: lengthModelOfExponent({ exponent: 1.6, exponentInterval95: null }),
      load: { low: 1, high: 1.4, source: 'a run' },
    };
    const { multiple } = complete(
      { lengthFactor: { low: 2, high: 2 }, retryFactor: { low: 1.1, high: 1.1 } },
      basis,
    );
    const product = multiple.perSession.reduce((all, { factor }) => all * (factor ?? 1), 1);
    const sum = multiple.perSession.reduce((all, { addedUsd }) => all + addedUsd, 0);
    const { pilotUsdPerSession: pilot, productionUsdPerSession: production } = multiple;
    expect(product).toBeCloseTo(production / pilot, 12);
    expect(sum).toBeCloseTo(production - pilot, 12);
    expect(production / pilot).toBeCloseTo(2 ** 1.6 * 1.1 * 1.2, 9);
    expect(multiple.perSession.map(({ name, factor }) => [name, factor?.toFixed(4)])).toEqual([
      ['policies', '1.0000'],
      ['mix', '1.0000'],
      ['more_calls', '2.0000'],
      ['longer_history', (2 ** 0.6).toFixed(4)],
      ['retries', '1.1000'],
      ['load', '1.2000'],
    ]);
    expect((multiple.volumeFactor ?? 0) * (production / pilot)).toBeCloseTo(
      multiple.monthlyFactor ?? 0,
      9,
    );
  });

  test('the tornado holds each uncertain input, the widest first, and no other', () => {
    const { tornado } = complete(
      { sessionsPerDay: { low: 50, high: 200 }, lengthFactor: { low: 1, high: 1.2 } },
      basisOf(lognormalCosts(100, 0.3)),
    );
    expect(tornado.map(({ input }) => input).sort()).toEqual([
      'chance',
      'length_factor',
      'session_cost',
      'sessions_per_day',
    ]);
    expect(tornado[0]?.input).toBe('sessions_per_day');
    expect((tornado[0]?.atHighUsd ?? 0) / (tornado[0]?.atLowUsd ?? 1)).toBeCloseTo(4, 9);
  });

  test('a mix takes the groups by their planned shares', () => {
    const costs = lognormalCosts(60, 0.2);
    const group = (name: string, usd: number) => {
      const { all } = basisOf(new Float64Array(30).fill(usd), 1_000);
      if (all === null) throw new Error('no moments');
      return { ...all, name };
    };
    const basis = { ...basisOf(costs), segments: [group('a', 1), group('b', 3)] };
    const mix = (shares: { name: string; share: number }[]) => ({
      mix: { by: 'agent' as const, shares },
    });
    const mixed = complete(
      mix([
        { name: 'a', share: 75 },
        { name: 'b', share: 25 },
      ]),
      basis,
    );
    expect(mixed.costPerSessionUsd.p50).toBeCloseTo(1.5, 9);
    const unknown = forecastCost({ ...plainPlan, ...mix([{ name: 'c', share: 1 }]) }, basis, {
      seed,
    });
    expect(unknown).toMatchObject({ kind: 'too_few_sessions', sessions: 0 });
  });

  test('below 20 priced sessions it says so and gives no interval', () => {
    expect(forecastCost(plainPlan, basisOf(lognormalCosts(19)), { seed })).toEqual({
      kind: 'too_few_sessions',
      sessions: 19,
      needed: 20,
      meanUsdPerSession: expect.closeTo(
        lognormalCosts(19).reduce((sum, cost) => sum + cost, 0) / 19,
        9,
      ),
    });
    const nothing = { ...basisOf(lognormalCosts(19)), all: null };
    expect(forecastCost(plainPlan, nothing, { seed })).toMatchObject({ meanUsdPerSession: null });
  });
});

describe('any forecast', () => {
  const range = (min: number, max: number) =>
    fc
      .tuple(fc.double({ min, max, noNaN: true }), fc.double({ min, max, noNaN: true }))
      .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));
  const plans = fc.record({
    months: fc.integer({ min: 1, max: 6 }),
    sessionsPerDay: range(1, 5_000),
    growthPerMonth: range(-0.5, 1),
    weekendFactor: fc.double({ min: 0, max: 3, noNaN: true }),
    rampDays: fc.integer({ min: 0, max: 90 }),
    lengthFactor: range(0.5, 4),
    retryFactor: range(0.8, 2),
    totalBudgetUsd: fc.double({ min: 1, max: 1e6, noNaN: true }),
  });
  const bases = fc
    .tuple(fc.integer({ min: 20, max: 60 }), fc.double({ min: 0, max: 1.5, noNaN: true }))
    .map(([sessions, sigma]) => basisOf(lognormalCosts(sessions, sigma), 50));
  const options = { seed, draws: 400 };

  test('is in order and reads back through its schema', () => {
    fc.assert(
      fc.property(plans, bases, (plan, basis) => {
        const forecast = complete(plan, basis, options);
        // JSON knows no −0.
        const asRead = JSON.parse(JSON.stringify(forecast));
        expect(Forecast.parse(forecast)).toEqual(forecast);
        expect(Forecast.parse(asRead)).toEqual(asRead);
        for (const month of forecast.months) {
          for (const q of [month.costUsd, month.cumulativeUsd, month.sessions]) {
            expect(q.p10 <= q.p25 && q.p25 <= q.p50 && q.p50 <= q.p75 && q.p75 <= q.p90).toBe(true);
          }
        }
        const affordable =
          forecast.budgets[0]?.affordable.map(({ sessionsPerDay }) => sessionsPerDay ?? Infinity) ??
          [];
        expect(affordable).toEqual([...affordable].sort((a, b) => b - a));
      }),
      { numRuns: 25 },
    );
  });

  test('is the same bytes for the same seed', () => {
    fc.assert(
      fc.property(plans, bases, (plan, basis) => {
        const first = JSON.stringify(complete(plan, basis, options));
        expect(JSON.stringify(complete(plan, basis, options))).toBe(first);
      }),
      { numRuns: 10 },
    );
  });

  test('scales with the costs of sessions', () => {
    fc.assert(
      fc.property(plans, fc.constantFrom(0.01, 3, 1_000), (plan, scale) => {
        const costs = lognormalCosts(40);
        const one = complete(plan, basisOf(costs, 50), options);
        const scaled = complete(
          { ...plan, totalBudgetUsd: plan.totalBudgetUsd * scale },
          basisOf(
            costs.map((cost) => cost * scale),
            50,
          ),
          options,
        );
        expect(scaled.totalUsd.p90 / (one.totalUsd.p90 * scale)).toBeCloseTo(1, 7);
        expect(scaled.totalUsd.p10 / (one.totalUsd.p10 * scale)).toBeCloseTo(1, 7);
        expect(scaled.budgets[0]?.over.share).toBeCloseTo(one.budgets[0]?.over.share ?? 0, 2);
      }),
      { numRuns: 15 },
    );
  });

  test('is no less likely to pass a budget with more sessions', () => {
    fc.assert(
      fc.property(plans, bases, fc.double({ min: 1, max: 5, noNaN: true }), (plan, basis, more) => {
        const { low, high } = plan.sessionsPerDay;
        const sessionsPerDay = { low: low * more, high: high * more };
        const fewer = complete(plan, basis, options).budgets[0]?.over.share ?? 1;
        const over = complete({ ...plan, sessionsPerDay }, basis, options).budgets[0]?.over.share;
        expect(over).toBeGreaterThanOrEqual(fewer);
      }),
      { numRuns: 25 },
    );
  });
});
