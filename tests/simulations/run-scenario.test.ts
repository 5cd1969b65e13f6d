import { describe, expect, test } from 'vitest';
import { runScenario } from '@/simulations/run-scenario';
import { Scenario } from '@/simulations/scenario/scenario';
import { ScenarioOutcome } from '@/simulations/scenario-outcome';

const scenario = Scenario.parse({
  plimsoll: 1,
  name: 'Agents that call at once',
  horizonSec: 10,
  replications: 10,
  maxEvents: 5,
  resources: { database: { kind: 'pool', slots: 1 } },
  classes: {
    agents: {
      arrivals: { kind: 'burst', sessions: 20 },
      program: [{ use: 'database', forSec: 1 }],
    },
  },
});

describe('runScenario', () => {
  test('of a run that stops at its first moment says so, in numbers that can be written down', () => {
    const outcome = runScenario(scenario);
    expect(outcome.stopReason).toBe(
      'The limit of 5 events was reached: raise `maxEvents`, or shorten `horizonSec`.',
    );
    expect(ScenarioOutcome.parse(JSON.parse(JSON.stringify(outcome)))).toEqual(
      JSON.parse(JSON.stringify(outcome)),
    );
  });

  test('keeps what was measured before a stop', () => {
    const outcome = runScenario({ ...scenario, maxEvents: 23 }); // 20 arrivals, 3 ends
    expect(outcome.simulatedSec).toBeGreaterThanOrEqual(3);
    expect(outcome.simulatedSec).toBeLessThan(10);
    expect(outcome.classes[0].responseSec.mean.mean).toBeCloseTo(2, 1); // 1, 2 and 3 s
  });
});
