import { compileScenario } from '@/simulations/compile/compile-scenario';
import { playReplication } from '@/simulations/engine/play-replication';
import { SampleSketch } from '@/simulations/measure/sample-sketch';
import { Scenario } from '@/simulations/scenario/scenario';

/** What one replication of M/M/8 did. */
export interface Mm8Run {
  readonly customers: number;
  readonly events: number;
  readonly waitSecMean: number;
}

/**
 * M/M/8 at ρ = 0.9 as a scenario, as users write them, with all statistics.
 *
 * @param customers about so many are served in a replication
 * @returns plays a replication
 */
export function prepareMm8(customers: number): (replication: number) => Mm8Run {
  const horizonSec = customers / 7.2;
  const program = [{ use: 'servers', forSec: { law: 'exponential', mean: 1 } }];
  const compiled = compileScenario(
    Scenario.parse({
      plimsoll: 1,
      name: 'M/M/8',
      horizonSec,
      resources: { servers: { kind: 'pool', slots: 8 } },
      classes: { customers: { arrivals: { kind: 'poisson', ratePerSec: 7.2 }, program } },
    }),
  );
  return (replication) => {
    const job = { seed: 1, replication, horizonSec, maxEvents: 1e10 };
    const { classWindows, stationWindows, events } = playReplication(compiled, job);
    const waitSec = new SampleSketch();
    for (const window of stationWindows[0]) waitSec.merge(window.waitSecByClass[0]);
    const served = classWindows[0].reduce((sum, { succeeded }) => sum + succeeded, 0);
    return { customers: served, events, waitSecMean: waitSec.mean };
  };
}
