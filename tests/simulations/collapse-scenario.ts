import { compileScenario } from '@/simulations/compile/compile-scenario';
import { playReplication } from '@/simulations/engine/play-replication';
import type { ScenarioReplication } from '@/simulations/measure/scenario-replication';
import { Scenario } from '@/simulations/scenario/scenario';

/** A trigger, and what the clients do. */
export interface CollapseCase {
  readonly basePerSec: number;
  readonly peakPerSec: number;
  readonly atSec: number;
  readonly forSec: number; // above 0
  readonly horizonSec: number;
  /** U(0, b) before each retry, b from this on and doubling; null: at once. */
  readonly backoffSec: number | null;
}

/**
 * The service of retry-collapse.txt: 1 + 0.01 · (requests in service) seconds without a queue, 0.1 s
 * there and back, clients that try three times and give each attempt 3 s, and work that goes on.
 */
function collapseScenario(given: CollapseCase): Scenario {
  const { basePerSec, peakPerSec, atSec, forSec, horizonSec, backoffSec } = given;
  const trip = { delay: { law: 'exponential' as const, mean: 0.1 } };
  const backoff = backoffSec === null ? {} : { backoff: { baseSec: backoffSec, jitter: 'full' } };
  return Scenario.parse({
    plimsoll: 1,
    name: 'retry collapse',
    horizonSec,
    resources: { service: { kind: 'pool', slots: 'unlimited', slowdownPerInUse: 0.01 } },
    classes: {
      requests: {
        arrivals: { kind: 'spike', basePerSec, peakPerSec, atSec, forSec },
        program: [
          {
            attempt: 'call',
            timeoutSec: 3,
            afterTimeout: 'continues',
            retry: { attempts: 3, ...backoff },
            steps: [trip, { use: 'service', forSec: 1 }, trip],
          },
        ],
      },
    },
  });
}

/** Plays replications of it, or one by its number. */
export function playCollapse(given: CollapseCase, runs: number, first = 0): ScenarioReplication[] {
  const compiled = compileScenario(collapseScenario(given));
  const { horizonSec } = given;
  return Array.from({ length: runs }, (_, i) =>
    playReplication(compiled, { seed: 1, replication: first + i, horizonSec, maxEvents: 1e8 }),
  );
}
