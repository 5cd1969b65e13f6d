import { describe, expect, test } from 'vitest';
import { lawMoments } from '@/simulations/analytic/law-moments';
import { isAlwaysZero, lawBounds } from '@/simulations/checks/law-bounds';
import { compileLaw } from '@/simulations/engine/compile-law';
import { LawTable } from '@/simulations/engine/law-table';
import type { Law } from '@/simulations/scenario/law';

const laws: readonly Law[] = [
  0,
  2.5,
  { law: 'constant', value: 3 },
  { law: 'exponential', mean: 0 },
  { law: 'exponential', mean: 2 },
  { law: 'uniform', min: 1, max: 4 },
  { law: 'normal', mean: 1, sd: 0, below: 'redraw' },
  { law: 'normal', mean: 0.5, sd: 2, below: 'reflect' },
  { law: 'lognormal', mean: 2, cv: 0 },
  { law: 'lognormal', median: 2, p99: 2 },
  { law: 'lognormal', median: 2, sigma: 1 },
  { law: 'gamma', mean: 2, cv: 0 },
  { law: 'gamma', mean: 0, cv: 1 },
  { law: 'gamma', mean: 2, cv: 3 },
  { law: 'erlang', mean: 2, stages: 4 },
  { law: 'hyperexponential', mean: 2, cv: 4 },
  { law: 'weibull', mean: 2, shape: 0.5 },
  { law: 'pareto', min: 1, shape: 1.1 },
  { law: 'pareto', min: 1, shape: 1.1, max: 8 },
  { law: 'empirical', values: [3, 1, 2] },
  { law: 'zipf', items: 5, exponent: 1 },
  { law: 'geometric', mean: 1 },
  { law: 'geometric', mean: 6 },
  { law: 'poisson', mean: 0 },
  { law: 'poisson', mean: 2 },
  {
    law: 'mixture',
    of: [
      { weight: 1, law: 7 },
      { weight: 2, law: { law: 'uniform', min: 1, max: 2 } },
    ],
  },
];

describe('lawBounds', () => {
  test.each(laws)('holds every draw of %j, and is no wider than it has to be', (law) => {
    const table = new LawTable();
    const site = table.add(compileLaw(law), [1]);
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    for (let i = 0; i < 20_000; i++) {
      table.draw(site);
      least = Math.min(least, table.drawn[0]);
      most = Math.max(most, table.drawn[0]);
    }
    const { min, max } = lawBounds(law);
    expect(least).toBeGreaterThanOrEqual(min * (1 - 1e-12));
    expect(most).toBeLessThanOrEqual(max * (1 + 1e-12));
    const { mean } = lawMoments(law);
    expect(least - min).toBeLessThanOrEqual(0.1 * mean);
    if (Number.isFinite(max)) expect(most).toBeGreaterThanOrEqual(0.98 * max);
    else expect(most).toBeGreaterThan(1.5 * mean);
    expect(isAlwaysZero(law)).toBe(most === 0);
  });
});
