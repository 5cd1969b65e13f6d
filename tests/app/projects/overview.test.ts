import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { describePlan } from '@/app/projects/[projectId]/_overview/describe-plan';
import { describePlanCost } from '@/app/projects/[projectId]/_overview/describe-plan-cost';
import { OverviewStats } from '@/app/projects/[projectId]/_overview/overview-stats';
import type { ForecastPlan } from '@/lib/cost/forecast/forecast';
import { forecastCost } from '@/lib/cost/forecast/forecast-cost';
import { formatUsdRange } from '@/lib/format';
import { evaluateReadiness } from '@/lib/readiness/evaluate-readiness';
import { measurePoolRun, type RunFitness } from '@/lib/readiness/measure-pool-run';
import { basisOf, lognormalCosts, plainPlan } from '../../cost/forecast/example-basis';
import { fixtureNow, makeEvidence, makeRun, soundSystem } from '../../readiness/evidence-fixture';

const figures = (fitness: RunFitness) =>
  renderToStaticMarkup(
    createElement(OverviewStats, {
      cost: null,
      run: makeRun(),
      fitness,
      assessment: undefined,
      planCost: null,
    }),
  );

const assess = (isRunStale: boolean) =>
  evaluateReadiness(makeEvidence({ isRunStale }), { profile: 'external', now: fixtureNow });

describe('saturation on the overview', () => {
  test.each([
    { fitness: 'stale', word: 'Out of date' },
    { fitness: 'other_system', word: 'Of another pool' },
    { fitness: 'what_if', word: 'Of other think times' },
    { fitness: 'open_load', word: 'Of open arrivals' },
  ] as const)('of a run that is $fitness is marked', ({ fitness, word }) => {
    expect(figures(fitness)).toContain('412');
    expect(figures(fitness)).toContain(word);
    expect(figures('usable')).not.toContain(word);
  });

  test('of another pool is told from that of the described one', () => {
    const slots = soundSystem.pool.slots + 1;
    const other = { ...soundSystem, pool: { ...soundSystem.pool, slots } };
    expect(measurePoolRun(makeRun(), false, soundSystem).fitness).toBe('usable');
    expect(measurePoolRun(makeRun(), false, other).fitness).toBe('other_system');
  });

  test('of a stale run is not in the sentence under the verdict', () => {
    const plan = (isRunStale: boolean) =>
      describePlan({ system: soundSystem }, assess(isRunStale), null);
    expect(plan(false)).toContain('binds first, at 400 agents');
    expect(plan(true)).toBe(
      'What binds first is not known until the described pool has been simulated.',
    );
  });
});

describe('the cost of the plan on the overview', () => {
  const drawn = (change: Partial<ForecastPlan>, sessions = 60) => {
    const plan = { ...plainPlan, ...change };
    const forecast = forecastCost(plan, basisOf(lognormalCosts(sessions)), { seed: 1, draws: 500 });
    return { plan, forecast };
  };

  test('is the range of the first month, whatever the others cost', () => {
    const { plan, forecast } = drawn({ months: 3, growthPerMonth: { low: 1, high: 2 } });
    if (forecast.kind !== 'forecast') throw new Error('No forecast.');
    const { p10, p90 } = forecast.months[0].costUsd;
    const words = describePlanCost(plan, forecast);
    expect(words.value).toBe(formatUsdRange([p10, p90]));
    expect(words.note).toMatch(/^P10–P90 of the first month, .+; no budget is given$/);
  });

  test('says how often each budget is passed', () => {
    const { plan, forecast } = drawn({ monthlyBudgetUsd: 1, totalBudgetUsd: 1e9 });
    const { note } = describePlanCost(plan, forecast);
    expect(note).toContain('$1.00 a month passed in some month with 100\u00a0%');
    expect(note).toContain('$1,000,000,000 in all passed with 0\u00a0%');
  });

  test('is a dash where there is no plan, nothing imported, or too few sessions, each with its reason', () => {
    const few = drawn({}, 3);
    const notes = [
      describePlanCost(null, null),
      describePlanCost(plainPlan, null),
      describePlanCost(few.plan, few.forecast),
    ];
    expect(notes.map(({ value }) => value)).toEqual(['—', '—', '—']);
    expect(notes[0]?.note).toBe('No plan saved yet');
    expect(notes[2]?.note).toMatch(/^3 of \d+ priced sessions needed$/);
  });
});
