import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseScenarioFile } from '@/lib/scenarios/parse-scenario-file';
import { scenarioPresets } from '@/simulations/presets/scenario-presets';
import { runScenario } from '@/simulations/run-scenario';
import { ScenarioOutcome } from '@/simulations/scenario-outcome';

type Path = readonly (string | number)[];

/** Paths of all values within a value. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) =>
      pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** A copy in which the value at a path is another, or is left out. */
function changed(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  const copy: unknown[] | Record<string, unknown> = Array.isArray(value)
    ? [...value]
    : { ...value };
  Reflect.set(copy, key, changed(Reflect.get(value, key), rest, by));
  return copy;
}

const scenarios = scenarioPresets.map(({ yaml }) => {
  const parsed = parseScenarioFile(yaml);
  if (parsed.kind === 'issues') throw new Error('A preset is no scenario.');
  return parsed.scenario;
});

const others = {
  number: fc.constantFrom<unknown>(
    ...[0, 1, 0.001, 3, 100, 'unlimited'],
    { law: 'exponential', mean: 0 },
    { law: 'uniform', min: 0, max: 2 },
    { law: 'geometric', mean: 3 },
  ),
  string: fc.constantFrom<unknown>('priority', 'preemptive', 'lifo', 'wait', 'together', undefined),
  other: fc.constantFrom<unknown>(undefined, true, []),
};

/** Another value for that at a path of a scenario. */
function another(scenario: unknown, path: Path) {
  const value = path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), scenario);
  const by =
    typeof value === 'number'
      ? others.number
      : typeof value === 'string'
        ? others.string
        : others.other;
  return by.map((one) => ({ path, by: one }));
}

const mutations = fc
  .constantFrom(...scenarios)
  .chain((scenario) =>
    fc.record({
      scenario: fc.constant(scenario),
      change: fc.constantFrom(...pathsOf(scenario)).chain((path) => another(scenario, path)),
    }),
  )
  .map(({ scenario, change }) => changed(scenario, change.path, change.by));

test('whatever passes the checks is played to its end, or to a stated stop', () => {
  let played = 0;
  fc.assert(
    fc.property(mutations, (scenario) => {
      const parsed = parseScenarioFile(JSON.stringify(scenario) ?? '');
      if (parsed.kind === 'issues') {
        expect(parsed.issues.length).toBeGreaterThan(0);
        return;
      }
      const horizonSec = Math.min(parsed.scenario.horizonSec, 20);
      const bounds = { horizonSec, replications: 10, maxEvents: 2_000, warmUp: 'none' } as const;
      const outcome = runScenario({ ...parsed.scenario, ...bounds });
      expect(ScenarioOutcome.safeParse(outcome).error).toBeUndefined();
      expect(outcome.stopReason === null).toBe(outcome.simulatedSec >= horizonSec * (1 - 1e-9));
      played += 1;
    }),
    { numRuns: 300, seed: 5 },
  );
  expect(played).toBeGreaterThan(40);
});
