import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantile } from '@/lib/stats/quantile';
import { RandomStream } from '@/lib/stats/random-stream';
import { approximateMeanValues } from '@/simulations/analytic/approximate-mean-values';
import { solveMeanValues } from '@/simulations/analytic/mean-value-analysis';
import { boundClosedLoop } from '@/simulations/analytic/operational-bounds';

const demand = fc.double({ min: 0.01, max: 5, noNaN: true });
const closedClass = fc.record({
  customers: fc.integer({ min: 1, max: 25 }),
  thinkTimeSec: fc.double({ min: 0, max: 40, noNaN: true }),
  demandSecByStation: fc.array(demand, { minLength: 3, maxLength: 3 }),
});

describe('approximateMeanValues', () => {
  test('is exact for one customer', () => {
    fc.assert(
      fc.property(closedClass, (given) => {
        const one = { ...given, customers: 1 };
        const [approximate] = approximateMeanValues([one]);
        const [exact] = solveMeanValues([one]);
        expect(approximate.throughputPerSec).toBeCloseTo(exact.throughputPerSec, 10);
      }),
    );
  });

  test('is within 1.5 % of the exact throughput of two classes in the median, 15 % in all', () => {
    const random = new RandomStream([7, 'two classes']);
    const errors: number[] = [];
    for (let draw = 0; draw < 300; draw++) {
      const classes = [0, 1].map(() => ({
        customers: 5 + random.nextInt(15),
        thinkTimeSec: 40 * random.nextFloat(),
        demandSecByStation: [0, 1, 2].map(() => 0.01 * 500 ** random.nextFloat()),
      }));
      const approximate = approximateMeanValues(classes);
      for (const [k, exact] of solveMeanValues(classes).entries()) {
        errors.push(Math.abs(approximate[k].throughputPerSec / exact.throughputPerSec - 1));
      }
    }
    expect(quantile(errors, 0.5)).toBeLessThan(0.015);
    expect(quantile(errors, 1)).toBeLessThan(0.15);
  });

  test('answers for millions, at the bound of the bottleneck', () => {
    const crowd = { customers: 5_000_000, thinkTimeSec: 60, demandSecByStation: [0.001, 0.002] };
    const [state] = approximateMeanValues([crowd]);
    const { throughputPerSecMax } = boundClosedLoop({
      ...crowd,
      stations: crowd.demandSecByStation.map((demandSec) => ({ demandSec, servers: 1 })),
    });
    expect(state.throughputPerSec / throughputPerSecMax).toBeCloseTo(1, 6);
  });
});
