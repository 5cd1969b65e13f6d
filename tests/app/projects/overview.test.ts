import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { describePlan } from '@/app/projects/[projectId]/_overview/describe-plan';
import { OverviewStats } from '@/app/projects/[projectId]/_overview/overview-stats';
import { evaluateReadiness } from '@/lib/readiness/evaluate-readiness';
import { measurePoolRun, type RunFitness } from '@/lib/readiness/measure-pool-run';
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
