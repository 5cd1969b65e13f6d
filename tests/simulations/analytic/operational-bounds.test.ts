import { describe, expect, test } from 'vitest';
import { boundClosedLoop, kneeAgents } from '@/simulations/analytic/operational-bounds';

describe('boundClosedLoop', () => {
  const stations = [
    { demandSec: 0.605, servers: 1 },
    { demandSec: 4.2, servers: 2 },
    { demandSec: 1.35, servers: 1 },
  ];

  test('is limited by customers below the knee and by the bottleneck above', () => {
    const below = boundClosedLoop({ customers: 3, thinkTimeSec: 15, stations });
    expect(below.throughputPerSecMax).toBeCloseTo(3 / 21.155, 12);
    expect(below.responseTimeSecMin).toBeCloseTo(6.155, 12);
    expect(below.throughputPerSecMin).toBeCloseTo(3 / (15 + 3 * 6.155), 12);
    expect(below.responseTimeSecMax).toBeCloseTo(3 * 6.155, 12);
    const above = boundClosedLoop({ customers: 20, thinkTimeSec: 15, stations });
    expect(above.throughputPerSecMax).toBeCloseTo(1 / 2.1, 12);
    expect(above.responseTimeSecMin).toBeCloseTo(20 * 2.1 - 15, 12);
    expect(above.bottleneck).toBe(1);
  });

  test('has the knee of one pool', () => {
    const pool = [{ demandSec: 4.05, servers: 10 }];
    expect(boundClosedLoop({ customers: 5, thinkTimeSec: 1, stations: pool }).kneeCustomers).toBe(
      kneeAgents(10, { cycleSec: 5.05, heldSec: 4.05 }),
    );
  });

  test('has neither knee nor bottleneck where nothing is demanded', () => {
    const idle = { customers: 4, thinkTimeSec: 2, stations: [{ demandSec: 0, servers: 1 }] };
    expect(boundClosedLoop(idle)).toMatchObject({
      throughputPerSecMax: 2,
      kneeCustomers: null,
      bottleneck: null,
    });
  });

  test('does nothing with nobody', () => {
    const bounds = boundClosedLoop({ customers: 0, thinkTimeSec: 2, stations });
    expect([bounds.throughputPerSecMin, bounds.throughputPerSecMax]).toEqual([0, 0]);
  });
});
