import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solveMeanValues } from '@/simulations/analytic/mean-value-analysis';

describe('solveMeanValues', () => {
  const one = { thinkTimeSec: 15, demandSecByStation: [0.605, 2.1, 1.35] };

  test('does more with every customer, up to the bottleneck', () => {
    let before = 0;
    for (let customers = 1; customers <= 100; customers++) {
      const [{ throughputPerSec }] = solveMeanValues([{ ...one, customers }]);
      expect(throughputPerSec).toBeGreaterThan(before * (customers < 40 ? 1 : 1 - 1e-14));
      before = throughputPerSec;
    }
    expect(before * 2.1).toBeCloseTo(1, 6);
  });

  test('does not tell two classes of the same demands from one', () => {
    const size = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(size, size, (first, second) => {
        const [all] = solveMeanValues([{ ...one, customers: first + second }]);
        const two = solveMeanValues([
          { ...one, customers: first },
          { ...one, customers: second },
        ]);
        const share = first / (first + second);
        expect(two[0].throughputPerSec).toBeCloseTo(all.throughputPerSec * share, 10);
        expect(two[1].responseTimeSec).toBeCloseTo(all.responseTimeSec, 9);
      }),
    );
  });

  test('leaves classes alone that meet nowhere', () => {
    const [left, right] = solveMeanValues([
      { customers: 4, thinkTimeSec: 3, demandSecByStation: [1, 0] },
      { customers: 7, thinkTimeSec: 0, demandSecByStation: [0, 2] },
    ]);
    const [alone] = solveMeanValues([{ customers: 4, thinkTimeSec: 3, demandSecByStation: [1] }]);
    expect(left.throughputPerSec).toBeCloseTo(alone.throughputPerSec, 12);
    expect(right.throughputPerSec).toBeCloseTo(0.5, 12);
  });

  test('has every customer thinking or at a station', () => {
    const states = solveMeanValues([
      { ...one, customers: 9 },
      { customers: 5, thinkTimeSec: 2, demandSecByStation: [3, 0, 0.4] },
    ]);
    for (const [k, customers, thinkTimeSec] of [
      [0, 9, 15],
      [1, 5, 2],
    ]) {
      const { throughputPerSec, numberByStation } = states[k];
      const inside = numberByStation.reduce((sum, number) => sum + number, 0);
      expect(inside + throughputPerSec * thinkTimeSec).toBeCloseTo(customers, 10);
    }
  });

  test('knows no response time of a class without customers', () => {
    const [nobody] = solveMeanValues([{ ...one, customers: 0 }]);
    expect(nobody).toMatchObject({ throughputPerSec: 0, responseTimeSec: Number.NaN });
    expect(nobody.numberByStation).toEqual([0, 0, 0]);
  });

  test('refuses demands that do not fit, a cycle of no time, and more than it can do', () => {
    const short = { customers: 1, thinkTimeSec: 1, demandSecByStation: [1] };
    expect(() => solveMeanValues([{ ...one, customers: 1 }, short])).toThrow(RangeError);
    expect(() =>
      solveMeanValues([{ customers: 1, thinkTimeSec: 0, demandSecByStation: [0] }]),
    ).toThrow(RangeError);
    const many = { ...one, customers: 3_000 };
    expect(() => solveMeanValues([many, many, many])).toThrow(/20000000 steps/);
  });
});
