import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeCollapse } from '@/simulations/analysis/collapse';
import { findVulnerableLoad } from '@/simulations/analysis/find-vulnerable-load';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { playReplication } from '@/simulations/engine/play-replication';
import type { ScenarioReplication } from '@/simulations/measure/scenario-replication';
import { Scenario } from '@/simulations/scenario/scenario';

const rule = { sessionClass: 0, lastShare: 0.25, goodputBelow: 0.5 };

/** A replication in which ten sessions start per bin and `inTime(bin)` of them end in time. */
function replicationWith(inTime: (bin: number) => number, completedBins = 320) {
  const empty = playReplication(
    compileScenario(
      Scenario.parse({
        plimsoll: 1,
        name: 'empty',
        horizonSec: 1,
        resources: {},
        classes: { c: { arrivals: { kind: 'poisson', ratePerSec: 0 }, program: [] } },
      }),
    ),
    { seed: 1, replication: 0, horizonSec: 1, maxEvents: 10 },
  );
  return {
    ...empty,
    completedBins,
    startedPaths: [new Float64Array(320).fill(10)],
    inTimePaths: [Float64Array.from({ length: 320 }, (_, bin) => inTime(bin))],
  } satisfies ScenarioReplication;
}

const well = replicationWith(() => 10);
const down = replicationWith((bin) => (bin < 80 ? 10 : 0));
const back = replicationWith((bin) => (bin < 80 || bin >= 160 ? 10 : 0));
const short = replicationWith((bin) => (bin < 80 || bin >= 90 ? 10 : 0));

describe('judging a collapse', () => {
  test('tells down, come back, and never away', () => {
    const report = judgeCollapse([well, down, back, back, short], rule);
    expect(report.collapse).toMatchObject({ count: 1, of: 5, share: 0.2 });
    expect(report.recovery).toMatchObject({ count: 2, of: 3, share: 2 / 3 });
    expect(report.goodputShares).toEqual([1, 0, 1, 1, 1]);
  });

  test('leaves out what stopped early and what nobody came to, instead of calling it well', () => {
    const stopped = replicationWith(() => 0, 319);
    const silent = { ...well, startedPaths: [new Float64Array(320)] };
    const report = judgeCollapse([stopped, silent], rule);
    expect(report.collapse).toEqual({ count: 0, of: 0, share: null, interval95: [0, 1] });
    expect(report.goodputShares).toEqual([Number.NaN, Number.NaN]);
  });

  test('refuses a part of the horizon that is none', () => {
    expect(() => judgeCollapse([well], { ...rule, lastShare: 0 })).toThrow(RangeError);
    expect(() => judgeCollapse([well], { ...rule, goodputBelow: Number.NaN })).toThrow(RangeError);
  });
});

describe('the vulnerable load', () => {
  const plan = { lowPerSec: 10, advertisedPerSec: 64, relativePrecision: 0.02 };

  test('is bracketed to the precision asked for, wherever it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 10.1, max: 63.9, noNaN: true }), (threshold) => {
        const found = findVulnerableLoad(plan, (load) => load > threshold);
        const { safePerSec, vulnerableFromPerSec } = found;
        expect(safePerSec).toBeLessThanOrEqual(threshold);
        expect(vulnerableFromPerSec).toBeGreaterThan(threshold);
        expect(Number(vulnerableFromPerSec) - Number(safePerSec)).toBeLessThanOrEqual(
          0.02 * Number(vulnerableFromPerSec),
        );
      }),
    );
  });

  test('needs confidence: a load that falls now and then is not safe, nor one in doubt', () => {
    const everyTenth = findVulnerableLoad(plan, (load, run) => load > 20 && run % 10 === 0);
    expect(everyTenth.safePerSec).toBeLessThanOrEqual(20);
    // One of twenty is what is tolerated; 120 runs cannot show that it is less.
    const inDoubt = findVulnerableLoad(plan, (load, run) => load > 20 && run % 20 === 7);
    expect(inDoubt.safePerSec).toBeLessThanOrEqual(20);
    expect(inDoubt.tried.every(({ isSafe, interval95 }) => isSafe === interval95[1] <= 0.05)).toBe(
      true,
    );
  });

  test('says so where the least load falls, and where the advertised one does not', () => {
    const always = findVulnerableLoad(plan, () => true);
    expect([always.safePerSec, always.vulnerableFromPerSec]).toEqual([null, 10]);
    const never = findVulnerableLoad(plan, () => false);
    expect([never.safePerSec, never.vulnerableFromPerSec]).toEqual([64, null]);
    expect(never.tried.map(({ replications }) => replications)).toEqual([80, 80]);
  });

  test.each([
    { ...plan, lowPerSec: 0 },
    { ...plan, lowPerSec: 64 },
    { ...plan, relativePrecision: 1 },
  ])('refuses a plan that is none: %o', (bad) => {
    expect(() => findVulnerableLoad(bad, () => true)).toThrow(RangeError);
  });
});
