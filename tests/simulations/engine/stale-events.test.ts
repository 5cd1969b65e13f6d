import { describe, expect, test } from 'vitest';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { createKernel, startLoad } from '@/simulations/engine/create-kernel';
import { Scenario } from '@/simulations/scenario/scenario';

/** Most events in the queue at any second of a run. */
function mostPending(literal: object): number {
  const scenario = { plimsoll: 1, name: 'stale', horizonSec: 200, ...literal };
  const kernel = createKernel(compileScenario(Scenario.parse(scenario)), 1, 0);
  startLoad(kernel);
  let most = 0;
  for (let sec = 1; sec <= 200; sec++) {
    kernel.advanceTo(sec, 1e7);
    most = Math.max(most, kernel.pendingEvents);
  }
  expect(kernel.eventCount).toBeGreaterThan(20_000);
  const [, steady] = kernel.sessions.statistics;
  expect(steady.succeeded, 'sessions of others').toBe(Math.floor(199 / 7));
  return most;
}

/** A hundred sessions are under way: each is cancelled after 1 s, long before it would be done. */
const agents = {
  arrivals: { kind: 'renewal', gapSec: 0.01 },
  deadlineSec: 1,
  atDeadline: 'cancelled',
};

/** One session after the other, each for 7 s. */
const steady = { arrivals: { kind: 'closed', agents: 1 }, program: [{ think: 7 }] };

describe('events that were taken back do not pile up', () => {
  test('of attempts that are cancelled while they think for long', () => {
    const program = [{ attempt: 'call', steps: [{ think: 1e8 }] }];
    const most = mostPending({
      resources: {},
      classes: { agents: { ...agents, program }, steady },
    });
    expect(most).toBeLessThan(3_000);
  });

  test('of a clock that is set again and again for a far moment', () => {
    const resources = { pool: { kind: 'pool', slots: 1, discipline: 'sharing' } };
    const program = [{ use: 'pool', forSec: 1e8 }];
    const most = mostPending({ resources, classes: { agents: { ...agents, program }, steady } });
    expect(most).toBeLessThan(3_000);
  });
});
