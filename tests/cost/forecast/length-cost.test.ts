import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultForecastPlan } from '@/lib/cost/forecast/default-plan';
import { ForecastPlan } from '@/lib/cost/forecast/forecast';
import { costFactorAt, lengthModelOfExponent } from '@/lib/cost/forecast/length-cost';
import { valueAt } from '@/lib/cost/forecast/range-distribution';
import { basisOf, lognormalCosts } from './example-basis';

describe('costFactorAt', () => {
  test('is the power of one exponent, within its points and beyond them', () => {
    const model = lengthModelOfExponent({ exponent: 1.7, exponentInterval95: null });
    for (const length of [0.05, 0.3, 1, 2.5, 40]) {
      expect(costFactorAt(model, length)).toBeCloseTo(length ** 1.7, 9);
    }
  });

  test('is in step with length where nothing was fitted', () => {
    expect(costFactorAt(lengthModelOfExponent(null), 3)).toBeCloseTo(3, 12);
    expect(lengthModelOfExponent(null).source).toContain('in step');
  });

  test('runs through its points, bends between them, and is 1 at 1', () => {
    const model = {
      points: [
        { lengthFactor: 0.5, costFactor: 0.3 },
        { lengthFactor: 1, costFactor: 1 },
        { lengthFactor: 4, costFactor: 5 },
      ],
      exponentSd: 0.1,
      source: '',
    };
    for (const { lengthFactor, costFactor } of model.points) {
      expect(costFactorAt(model, lengthFactor)).toBeCloseTo(costFactor, 12);
    }
    expect(costFactorAt(model, 2)).toBeCloseTo(Math.sqrt(5), 12);
    expect(costFactorAt(model, 1, 2)).toBe(1);
    expect(costFactorAt(model, 4, 1)).toBeCloseTo(5 * 4 ** 0.1, 12);
  });
});

describe('valueAt', () => {
  const z90 = 1.2815515655446004;

  test('has the ends of the range as its P10 and P90, and their geometric mean between', () => {
    expect(valueAt({ low: 20, high: 45 }, -z90)).toBeCloseTo(20, 9);
    expect(valueAt({ low: 20, high: 45 }, z90)).toBeCloseTo(45, 9);
    expect(valueAt({ low: 20, high: 45 }, 0)).toBeCloseTo(30, 9);
  });

  test('never passes a loss of everything, however deep the draw', () => {
    const range = fc
      .tuple(
        fc.double({ min: -0.9, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
      )
      .map(([low, width]) => ({ low, high: low + width }));
    fc.assert(
      fc.property(range, fc.double({ min: -5, max: 5, noNaN: true }), (growth, z) => {
        expect(valueAt(growth, z, 1)).toBeGreaterThan(-1);
      }),
    );
  });
});

describe('the plan that a project begins with', () => {
  test('is valid, begins next month and takes the volume of the traces', () => {
    const basis = { ...basisOf(lognormalCosts(20)), observedSessionsPerDay: 123.4 };
    const plan = defaultForecastPlan(Date.UTC(2026, 11, 31, 23, 59), basis);
    expect(ForecastPlan.parse(plan)).toEqual(plan);
    expect(plan.startDate).toBe('2027-01-01');
    expect(plan.sessionsPerDay).toEqual({ low: 120, high: 120 });
    expect(plan.totalBudgetUsd).toBeNull();
  });

  test('is valid whatever the traces say', () => {
    const nowMs = Date.UTC(2026, 10, 21);
    const observed = fc.option(fc.double({ min: 0, max: 1e7, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(observed, observed, (observedSessionsPerDay, observedWeekendFactor) => {
        const basis = {
          ...basisOf(lognormalCosts(20), 1),
          observedSessionsPerDay,
          observedWeekendFactor,
        };
        expect(ForecastPlan.safeParse(defaultForecastPlan(nowMs, basis)).success).toBe(true);
      }),
    );
  });
});
