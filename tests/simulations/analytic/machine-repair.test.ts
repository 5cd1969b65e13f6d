import { describe, expect, test } from 'vitest';
import { solveClosedLoop } from '@/simulations/analytic/machine-repair';
import { kneeAgents, throughputBoundPerSec } from '@/simulations/analytic/operational-bounds';

describe('solveClosedLoop', () => {
  test('one agent never waits', () => {
    const state = solveClosedLoop({ agents: 1, servers: 1, thinkTimeSec: 3, serviceTimeSec: 1 });
    expect(state.throughputPerSec).toBeCloseTo(0.25, 12);
    expect(state.waitSec).toBeCloseTo(0, 12);
  });

  test('two agents on one slot wait as two states of a birth–death chain say', () => {
    // p = 1, 2r, 2r² with r = S/Z = 1/2: busy 1 − 1/(1 + 1 + 1/2).
    const state = solveClosedLoop({ agents: 2, servers: 1, thinkTimeSec: 2, serviceTimeSec: 1 });
    expect(state.utilization).toBeCloseTo(0.6, 12);
  });

  test('a million agents neither overflow nor lose the limit of the slots', () => {
    const loop = { agents: 1_000_000, servers: 50, thinkTimeSec: 10, serviceTimeSec: 2 };
    expect(solveClosedLoop(loop).throughputPerSec).toBeCloseTo(25, 9);
  });

  test('never exceeds the operational bound, and meets it far from the knee', () => {
    for (const agents of [1, 5, 12, 13, 40, 400]) {
      const demand = { cycleSec: 5.05, heldSec: 4.05 };
      const loop = { agents, servers: 10, thinkTimeSec: 1, serviceTimeSec: 4.05 };
      const bound = throughputBoundPerSec(agents, 10, demand);
      const { throughputPerSec } = solveClosedLoop(loop);
      expect(throughputPerSec).toBeLessThanOrEqual(bound * (1 + 1e-12));
      if (agents === 1 || agents === 400) expect(throughputPerSec / bound).toBeCloseTo(1, 9);
    }
  });
});

describe('kneeAgents', () => {
  test('is slots × cycle ÷ time held', () => {
    expect(kneeAgents(10, { cycleSec: 5.05, heldSec: 4.05 })).toBeCloseTo(12.469, 3);
    expect(kneeAgents(10, { cycleSec: 5, heldSec: 0 })).toBeNull();
  });
});
