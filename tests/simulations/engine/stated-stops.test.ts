import { describe, expect, test } from 'vitest';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { createKernel, startLoad } from '@/simulations/engine/create-kernel';
import { Scenario } from '@/simulations/scenario/scenario';
import { playLiteral } from '../policies/play-literal';

const once = { kind: 'burst' as const, sessions: 1 };

describe('a run that cannot go on stops with a reason', () => {
  test('where attempts go round at one moment without an event', () => {
    const program = [{ label: 'again' }, { attempt: 'call', steps: [] }, { goTo: 'again' }];
    const { replication } = playLiteral({
      horizonSec: 10,
      resources: {},
      classes: { agents: { arrivals: once, program } },
    });
    expect(replication.stopReason).toMatch(/clock would never move on/);
    expect(replication.simulatedSec).toBe(0);
  });

  test('where a loop goes round by events that take no time', () => {
    const program = [
      { delay: 0.05 },
      { label: 'again' },
      { use: 'db', forSec: 0 },
      { delay: 0 },
      { goTo: 'again' },
    ];
    const { replication } = playLiteral({
      horizonSec: 10,
      resources: { db: { kind: 'pool', slots: 1 } },
      classes: { agents: { arrivals: once, program } },
    });
    expect(replication.stopReason).toBe(
      'Nothing takes time: 2,000,000 events at 0.05 s. Give a step of the loop a duration.',
    );
    expect(replication.simulatedSec).toBe(0.05);
  });

  test('where a fork has more branches than memory could hold', () => {
    const program = [{ delay: 1 }, { parallel: [[{ delay: 1 }]], count: 1e12 }];
    const { replication } = playLiteral({
      horizonSec: 10,
      resources: {},
      classes: { agents: { arrivals: once, program } },
    });
    expect(replication.stopReason).toMatch(/branches begin at one moment/);
    expect(replication.simulatedSec).toBe(1);
  });

  test('where more sessions are under way than memory could hold', () => {
    const agents = { arrivals: { kind: 'renewal', gapSec: 1 }, program: [{ think: 1 }] };
    const literal = {
      plimsoll: 1,
      name: 'test',
      horizonSec: 10,
      resources: {},
      classes: { agents },
    };
    const kernel = createKernel(compileScenario(Scenario.parse(literal)), 1, 0);
    while (kernel.tasks.size < 4_000_000) kernel.tasks.take();
    startLoad(kernel);
    expect(kernel.advanceTo(10, 1_000)).toBe(1);
    expect(kernel.stopReason).toMatch(/more come than end/);
  });
});

test('a loop of more rounds than a 32-bit number holds goes on to the horizon', () => {
  const { replication } = playLiteral({
    horizonSec: 1_000,
    resources: {},
    classes: { agents: { arrivals: once, program: [{ repeat: 3e9, steps: [{ think: 10 }] }] } },
  });
  expect(replication.unfinishedSessions[0]).toBe(1);
  expect(replication.stopReason).toBeNull();
});
