import { describe, expect, test } from 'vitest';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { playReplication } from '@/simulations/engine/play-replication';
import { summarizeScenario } from '@/simulations/measure/summarize-scenario';
import { Scenario } from '@/simulations/scenario/scenario';
import type { ScenarioOutcome } from '@/simulations/scenario-outcome';

const experiments = 1_000;

/** M/M/2 at ρ = 0.5, small enough for a thousand experiments of ten replications. */
const scenario = Scenario.parse({
  plimsoll: 1,
  name: 'M/M/2',
  horizonSec: 1_280,
  replications: 10,
  warmUp: { sec: 80 },
  resources: { servers: { kind: 'pool', slots: 2 } },
  classes: {
    customers: {
      arrivals: { kind: 'poisson', ratePerSec: 1 },
      program: [{ use: 'servers', forSec: { law: 'exponential', mean: 1 } }],
    },
  },
});

const compiled = compileScenario(scenario);

/** One experiment with a seed of its own. */
function runExperiment(seed: number): ScenarioOutcome {
  const replications = Array.from({ length: 10 }, (_, replication) =>
    playReplication(compiled, { seed, replication, horizonSec: 1_280, maxEvents: 1e6 }),
  );
  return summarizeScenario(scenario, compiled, replications);
}

describe('the 95 % interval', () => {
  test('holds the true value in 92.9 to 97.1 % of a thousand experiments', () => {
    let utilization = 0;
    let waitMean = 0;
    for (let seed = 1; seed <= experiments; seed++) {
      const [servers] = runExperiment(seed).resources;
      const [utilizationLow, utilizationHigh] = servers.utilization?.interval95 ?? [1, 0];
      if (utilizationLow <= 0.5 && 0.5 <= utilizationHigh) utilization++;
      const [waitLow, waitHigh] = servers.waitSec.mean.interval95;
      if (waitLow <= 1 / 3 && 1 / 3 <= waitHigh) waitMean++;
    }
    // Three binomial standard errors around 950 of 1,000.
    expect(utilization).toBeGreaterThanOrEqual(929);
    expect(utilization).toBeLessThanOrEqual(971);
    expect(waitMean).toBeGreaterThanOrEqual(929);
    expect(waitMean).toBeLessThanOrEqual(971);
    process.stdout.write(
      `Coverage of 95 % intervals over ${experiments} experiments: utilisation ${utilization / 10} %, mean wait ${waitMean / 10} %.\n`,
    );
  }, 300_000);
});
