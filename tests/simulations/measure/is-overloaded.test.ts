import { describe, expect, test } from 'vitest';
import { runReplication } from '@/simulations/engine/run-replication';
import { isOverloaded } from '@/simulations/measure/is-overloaded';
import { closed, open, scenarioOf, thinkingLoop, workloadOf } from '../example-workload';

const service = workloadOf([['query', 1, true]]);

function replicate(agents: number, scenario: ReturnType<typeof scenarioOf>, workload = service) {
  return Array.from({ length: 10 }, (_, replication) =>
    runReplication(workload, scenario, { agents, replication, maxEvents: 1e6 }),
  );
}

describe('isOverloaded', () => {
  test.each([
    { arrivalRatePerSec: 4.5, expected: true },
    { arrivalRatePerSec: 3.6, expected: false },
  ])('open arrivals at $arrivalRatePerSec/s on 4 slots: $expected', (example) => {
    const { arrivalRatePerSec, expected } = example;
    const scenario = scenarioOf({ load: open(arrivalRatePerSec), slots: 4, horizonSec: 2_000 });
    expect(isOverloaded(replicate(arrivalRatePerSec, scenario), 4)).toBe(expected);
  });

  test('a saturated closed loop has a steady state', () => {
    const pool = { holdingScope: 'turn' as const };
    const scenario = scenarioOf({ load: closed(100), slots: 10, pool, horizonSec: 2_000 });
    expect(isOverloaded(replicate(100, scenario, thinkingLoop), 10)).toBe(false);
  });
});
