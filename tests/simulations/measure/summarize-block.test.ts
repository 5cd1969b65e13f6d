import { expect, test } from 'vitest';
import { runScenario } from '@/simulations/run-scenario';
import { Scenario } from '@/simulations/scenario/scenario';

test('a block says how long its breaker is open and what was cancelled, and nothing of a breaker it has not', () => {
  const scenario = Scenario.parse({
    plimsoll: 1,
    name: 'breaker',
    horizonSec: 100,
    warmUp: 'none',
    replications: 10,
    resources: {},
    breakers: { guard: { consecutiveFailures: 1, openSec: 25 } },
    classes: {
      failing: {
        arrivals: { kind: 'burst', sessions: 1, atSec: 10 },
        program: [{ attempt: 'guarded', breaker: 'guard', steps: [{ fail: 'down' }] }],
      },
      late: {
        arrivals: { kind: 'burst', sessions: 5 },
        deadlineSec: 1,
        atDeadline: 'cancelled',
        program: [{ attempt: 'plain', steps: [{ delay: 10 }] }],
      },
    },
  });
  const [guarded, plain] = runScenario(scenario).attempts;
  expect(guarded.breakerOpenings?.mean).toBe(1);
  expect(guarded.breakerOpenMean?.mean).toBeCloseTo(0.25, 12);
  expect(guarded.cancelledPerSec.mean).toBe(0);
  expect(plain.breakerOpenings).toBeNull();
  expect(plain.breakerOpenMean).toBeNull();
  expect(plain.cancelledPerSec.mean).toBeCloseTo(5 / 100, 12);
});
