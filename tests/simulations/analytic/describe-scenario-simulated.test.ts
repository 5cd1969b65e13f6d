import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTwin } from '@/simulations/analytic/compare-twin';
import { describeScenario } from '@/simulations/analytic/describe-scenario';
import { runScenario } from '@/simulations/run-scenario';
import { Scenario } from '@/simulations/scenario/scenario';

const law = (mean: number) =>
  fc.constantFrom(
    mean,
    { law: 'exponential' as const, mean },
    { law: 'gamma' as const, mean, cv: 1.5 },
    { law: 'erlang' as const, mean, stages: 3 },
  );

/** Two pools at loads below saturation, used in a loop, by some, held while thinking, or again. */
const scenarios = fc
  .record({
    loads: fc.tuple(fc.double({ min: 0.2, max: 0.8, noNaN: true }), fc.integer({ min: 1, max: 8 })),
    rounds: fc.integer({ min: 1, max: 3 }),
    failing: fc.constantFrom(0, 0.3),
    part: fc.double({ min: 0.3, max: 1, noNaN: true }),
    service: law(0.5),
    pause: law(0.7),
    isHeld: fc.boolean(),
  })
  .map(({ loads: [load, slots], rounds, failing, part, service, pause, isHeld }) => {
    const attempts = failing === 0 ? 1 : 1 + failing + failing ** 2;
    const ratePerSec = (load * slots) / (0.5 * rounds * attempts);
    const busySec = isHeld ? 0.5 + 0.7 : 0.5;
    return Scenario.parse({
      plimsoll: 1,
      name: 'random',
      horizonSec: 3_000 / ratePerSec,
      warmUp: { sec: 300 / ratePerSec },
      replications: 10,
      resources: {
        first: { kind: 'pool', slots },
        second: { kind: 'pool', slots: Math.ceil((ratePerSec * part * busySec) / 0.7) },
      },
      classes: {
        one: {
          arrivals: { kind: 'poisson', ratePerSec },
          program: [
            {
              repeat: rounds,
              steps: [
                {
                  attempt: 'call',
                  retry: { attempts: 3 },
                  steps: [
                    { use: 'first', forSec: service },
                    { fail: 'error', probability: failing },
                  ],
                  fallback: [],
                },
              ],
            },
            {
              choose: [
                {
                  weight: part,
                  steps: [
                    {
                      turn: [
                        { use: 'second', forSec: service, hold: isHeld ? 'turn' : 'use' },
                        { delay: pause },
                      ],
                    },
                  ],
                },
                { weight: 1 - part + 1e-9, steps: [] },
              ],
            },
          ],
        },
      },
    });
  });

test('the utilisation of the twin lies in the simulated interval, widened to twice its width', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const outcome = runScenario(scenario);
      for (const twin of describeScenario(scenario).resources) {
        const simulated = outcome.resources.find(({ name }) => name === twin.name)?.utilization;
        const { mean = Number.NaN, interval95: [low, high] = [0, 0] } = simulated ?? {};
        expect(twin.utilization).not.toBeNull();
        expect(Math.abs((twin.utilization ?? Number.NaN) - mean)).toBeLessThan(high - low + 1e-3);
      }
    }),
    { numRuns: 20, seed: 5 },
  );
});

function compare(resource: Record<string, unknown>, forSec: unknown) {
  const scenario = Scenario.parse({
    plimsoll: 1,
    name: 'one pool',
    horizonSec: 3_000,
    warmUp: { sec: 200 },
    replications: 10,
    resources: { pool: { kind: 'pool', slots: 4, ...resource } },
    classes: {
      one: {
        arrivals: { kind: 'poisson', ratePerSec: 3 },
        program: [{ use: 'pool', forSec }],
      },
    },
  });
  return runScenario(scenario).closedForm?.comparisons ?? [];
}

test('a run carries its closed form; where no assumption is broken they agree', () => {
  const found = compare({}, { law: 'exponential', mean: 1 });
  expect(found.map(({ quantity }) => quantity)).toEqual(
    expect.arrayContaining(['utilization', 'waitSecMean', 'waitSecP95', 'waitingMean']),
  );
  const differing = found.filter(({ agrees }) => !agrees);
  expect(differing.length).toBeLessThanOrEqual(1); // one in twenty by chance
});

test('where they differ the heaviest broken assumption is the cause, in a sentence', () => {
  const found = compare({ slowdownPerInUse: 0.1 }, 1);
  const utilization = found.find(({ quantity }) => quantity === 'utilization');
  expect(utilization).toMatchObject({ agrees: false, cause: 'slowdown_with_load' });
  expect(utilization?.sentence).toMatch(
    /utilisation of pool by closed form \(75\u00a0%\) lies below .* It slows down/,
  );
});

test('a difference that no assumption explains says so', () => {
  const scenario = Scenario.parse({
    plimsoll: 1,
    name: 'one pool',
    horizonSec: 500,
    replications: 10,
    resources: { pool: { kind: 'pool', slots: 4 } },
    classes: {
      one: {
        arrivals: { kind: 'poisson', ratePerSec: 3 },
        program: [{ use: 'pool', forSec: { law: 'exponential', mean: 1 } }],
      },
    },
  });
  const twin = describeScenario(scenario);
  const [pool] = twin.resources;
  const wrong = { ...twin, resources: [{ ...pool, utilization: 0.1 }] };
  const found = compareTwin(runScenario(scenario), wrong);
  const utilization = found.find(({ quantity }) => quantity === 'utilization');
  expect(utilization).toMatchObject({ agrees: false, cause: null });
  expect(utilization?.sentence).toMatch(/No assumption/);
});
