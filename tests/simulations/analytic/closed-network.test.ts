import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveClosedNetwork } from '@/simulations/analytic/closed-network';
import { solveClosedLoop } from '@/simulations/analytic/machine-repair';
import { solveMeanValues } from '@/simulations/analytic/mean-value-analysis';
import { boundClosedLoop } from '@/simulations/analytic/operational-bounds';

const demand = fc.double({ min: 0.001, max: 5, noNaN: true });
const station = fc.record({ demandSec: demand, servers: fc.integer({ min: 1, max: 12 }) });
const network = fc.record({
  customers: fc.integer({ min: 1, max: 60 }),
  thinkTimeSec: fc.double({ min: 0, max: 40, noNaN: true }),
  stations: fc.array(station, { minLength: 1, maxLength: 4 }),
});

describe('solveClosedNetwork', () => {
  test('with one pool is the machine-repair model', () => {
    const size = fc.integer({ min: 1, max: 300 });
    const servers = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(size, servers, demand, demand, (customers, c, demandSec, thinkTimeSec) => {
        const stations = [{ demandSec, servers: c }];
        const loop = { agents: customers, servers: c, thinkTimeSec, serviceTimeSec: demandSec };
        const state = solveClosedNetwork({ customers, thinkTimeSec, stations });
        const expected = solveClosedLoop(loop);
        expect(state.throughputPerSec / expected.throughputPerSec).toBeCloseTo(1, 9);
      }),
    );
  });

  test('with single servers is exact mean value analysis', () => {
    fc.assert(
      fc.property(network, ({ customers, thinkTimeSec, stations }) => {
        const single = stations.map(({ demandSec }) => ({ demandSec, servers: 1 }));
        const state = solveClosedNetwork({ customers, thinkTimeSec, stations: single });
        const demandSecByStation = single.map(({ demandSec }) => demandSec);
        const [expected] = solveMeanValues([{ customers, thinkTimeSec, demandSecByStation }]);
        expect(state.throughputPerSec / expected.throughputPerSec).toBeCloseTo(1, 9);
        for (const [m, number] of expected.numberByStation.entries()) {
          expect(state.numberByStation[m]).toBeCloseTo(number, 7);
        }
      }),
    );
  });

  test('has every customer somewhere, no station above 1, and throughput within its bounds', () => {
    fc.assert(
      fc.property(network, (loop) => {
        const state = solveClosedNetwork(loop);
        const thinking = state.throughputPerSec * loop.thinkTimeSec;
        const inside = state.numberByStation.reduce((sum, number) => sum + number, 0);
        expect((thinking + inside) / loop.customers).toBeCloseTo(1, 8);
        expect(Math.max(...state.utilizationByStation)).toBeLessThanOrEqual(1 + 1e-9);
        const bounds = boundClosedLoop(loop);
        const { throughputPerSec, responseTimeSec } = state;
        expect(throughputPerSec).toBeLessThanOrEqual(bounds.throughputPerSecMax * (1 + 1e-9));
        expect(throughputPerSec).toBeGreaterThanOrEqual(bounds.throughputPerSecMin * (1 - 1e-9));
        expect(responseTimeSec).toBeGreaterThanOrEqual(bounds.responseTimeSecMin * (1 - 1e-7));
        expect(responseTimeSec).toBeLessThanOrEqual(bounds.responseTimeSecMax * (1 + 1e-7));
      }),
    );
  });

  test('neither overflows nor underflows with thousands of customers', () => {
    const stations = [
      { demandSec: 2, servers: 300 },
      { demandSec: 0.01, servers: 1 },
      { demandSec: 5, servers: 2_000 },
    ];
    for (const [customers, throughput] of [
      [5_000, 100],
      [700, 700 / 57.01],
    ]) {
      const state = solveClosedNetwork({ customers, thinkTimeSec: 50, stations });
      expect(state.throughputPerSec / throughput).toBeGreaterThan(0.85);
      expect(state.throughputPerSec / throughput).toBeLessThan(1);
      expect(state.numberByStation.every(Number.isFinite)).toBe(true);
    }
  });
});
