import { runScenario } from '@/simulations/run-scenario';
import { Scenario } from '@/simulations/scenario/scenario';
import type { ScenarioOutcome } from '@/simulations/scenario-outcome';
import type { Estimate } from '@/simulations/simulation-run';

const desk = {
  plimsoll: 1,
  name: 'One desk',
  horizonSec: 400,
  warmUp: 'none',
  replications: 10,
  resources: { desk: { kind: 'pool', slots: 2 }, shelf: { kind: 'pool', slots: 'unlimited' } },
  classes: {
    visitor: {
      arrivals: { kind: 'poisson', ratePerSec: 1 },
      program: [{ use: 'desk', forSec: { law: 'exponential', mean: 1 } }],
    },
  },
};

/** Two visitors' desks at half load, and a shelf that nobody uses; what is given takes its place. */
export function deskScenario(part: object = {}): Scenario {
  return Scenario.parse({ ...desk, ...part });
}

/** What a run of {@link deskScenario} shows. */
export function deskOutcome(part: object = {}): ScenarioOutcome {
  return runScenario(deskScenario(part));
}

/** Visitors who come so often that the queue grows to the end. */
export const crowd = {
  visitor: {
    arrivals: { kind: 'poisson', ratePerSec: 4 },
    program: [{ use: 'desk', forSec: { law: 'exponential', mean: 1 } }],
  },
};

/** Seen in ten replications, within a tenth of its mean. */
export function seen(mean: number): Estimate {
  return { mean, interval95: [mean * 0.9, mean * 1.1], replications: 10 };
}

/** Seen in none. */
export const unseen: Estimate = { mean: 0, interval95: [0, 0], replications: 0 };
