import { expect, test } from 'vitest';
import { runScenario } from '@/simulations/run-scenario';
import { Scenario } from '@/simulations/scenario/scenario';

function costOf(second: object) {
  const priced = { kind: 'provider', priceUsdPerMillion: { fresh: 2, output: 10 } };
  const call = { promptTokens: 1_000, outputTokens: 100 };
  const scenario = Scenario.parse({
    plimsoll: 1,
    name: 'two providers',
    horizonSec: 100,
    warmUp: 'none',
    replications: 10,
    resources: { first: priced, second: { kind: 'provider', ...second } },
    classes: {
      agents: {
        arrivals: { kind: 'renewal', gapSec: 1 },
        program: [
          { model: 'first', ...call },
          { model: 'second', ...call },
        ],
      },
    },
  });
  return runScenario(scenario).classes[0];
}

test('a session costs what its calls cost, and nothing is unpriced', () => {
  const outcome = costOf({ priceUsdPerMillion: { fresh: 4, output: 20 } });
  expect(outcome.costUsdPerSession.mean).toBeCloseTo(0.003 + 0.006, 12);
  expect(outcome.unpricedTokenShare.mean).toBe(0);
});

test('where some calls have no price the cost is not known, rather than that of the others', () => {
  const outcome = costOf({});
  expect(outcome.costUsdPerSession.replications, 'replications that know the cost').toBe(0);
  expect(outcome.unpricedTokenShare.mean).toBeCloseTo(0.5, 12);
  expect(outcome.tokensPerSession.mean).toBeCloseTo(2_200, 9);
});
