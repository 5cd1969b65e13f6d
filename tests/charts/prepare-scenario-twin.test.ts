import { describe, expect, test } from 'vitest';
import { prepareScenarioTwin } from '@/lib/charts/prepare-scenario-twin';
import { runScenario } from '@/simulations/run-scenario';
import { Scenario } from '@/simulations/scenario/scenario';

function run(forSec: object, extra: object = {}) {
  return runScenario(
    Scenario.parse({
      plimsoll: 1,
      name: 'One server',
      horizonSec: 2_000,
      replications: 10,
      resources: { server: { kind: 'pool', slots: 1, ...extra } },
      classes: {
        customers: {
          arrivals: { kind: 'poisson', ratePerSec: 0.5 },
          program: [{ use: 'server', forSec }],
        },
      },
    }),
  );
}

describe('prepareScenarioTwin', () => {
  test('names the formula and its numbers, and that the simulation agrees: M/M/1 at ρ = 0.5', () => {
    const [resources, classes] = prepareScenarioTwin(run({ law: 'exponential', mean: 1 }));
    const texts = resources.rows[0].cells.map(({ text }) => text);
    expect(texts[0]).toContain('M/M/1');
    expect(texts[1]).toBe('50\u00a0%');
    expect(texts[2]).toBe('1.0\u00a0s');
    expect(texts.at(-1)).toBe('within the simulated intervals');
    expect(classes.rows[0].cells[0]).toMatchObject({ text: 'at most 1 sessions a second' });
  });

  test('says what breaks where the two differ: waits that slow the service down', () => {
    const [resources] = prepareScenarioTwin(
      run({ law: 'exponential', mean: 1 }, { slowdownPerInUse: 0.5 }),
    );
    const verdict = resources.rows[0].cells.at(-1);
    expect(verdict?.text).not.toBe('within the simulated intervals');
    expect(verdict?.text.length).toBeGreaterThan(20);
  });

  test('has nothing to say of a run that holds no closed form', () => {
    const { closedForm: _, ...outcome } = run({ law: 'exponential', mean: 1 });
    expect(prepareScenarioTwin(outcome)).toEqual([]);
  });
});
