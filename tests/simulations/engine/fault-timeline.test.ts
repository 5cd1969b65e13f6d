import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { createKernel, startLoad } from '@/simulations/engine/create-kernel';
import type { Fault } from '@/simulations/scenario/fault';
import { Scenario } from '@/simulations/scenario/scenario';
import { ActiveFaults } from '@/simulations/system/active-faults';
import { meanAndError, playReplications, type ScenarioLiteral } from '../assert-known-result';

type TimedFault = Omit<Fault, 'resource'>;

/** Reads once a second at 0.5, 1.5 … s, in no time unless a fault makes it longer. */
function reads(faults: readonly TimedFault[], readSec = 0): ScenarioLiteral {
  return {
    horizonSec: 160,
    resources: { rows: { kind: 'store', readSec } },
    classes: {
      reader: {
        arrivals: { kind: 'recorded', atSec: [0.5], repeatEverySec: 1 },
        program: [{ read: 'rows' }],
      },
    },
    faults: faults.map((fault) => ({ ...fault, resource: 'rows' })),
  };
}

function failures(faults: readonly TimedFault[]): number {
  const [kept] = playReplications(reads(faults), { replications: 1, cutWindows: 0 });
  return kept.sessions('reader').failures('outage');
}

describe('faults on a timeline', () => {
  test.for<[string, TimedFault, number]>([
    ['begins at its time and ends after its duration', { atSec: 10, forSec: 5 }, 5],
    ['is there from the start', { atSec: 0, forSec: 5 }, 5],
    ['lasts to the end of the run where it does not say', { atSec: 150 }, 10],
    ['comes again', { atSec: 10, forSec: 5, everySec: 50 }, 15],
    ['goes on where it comes again before its end', { atSec: 10, forSec: 30, everySec: 20 }, 150],
    ['goes on where it comes again at its end', { atSec: 10, forSec: 20, everySec: 20 }, 150],
    ['never comes after the end', { atSec: 1_000 }, 0],
  ])('a fault %s', ([, fault, expected]) => {
    expect(failures([{ ...fault, outage: true }])).toBe(expected);
  });

  test('two faults at once last as long as either, and multiply what they stretch', () => {
    expect(
      failures([
        { atSec: 10, forSec: 10, outage: true },
        { atSec: 15, forSec: 10, outage: true },
      ]),
    ).toBe(15);
    const [kept] = playReplications(
      reads(
        [
          { atSec: 10, forSec: 10, latencyFactor: 2 },
          { atSec: 15, forSec: 10, latencyFactor: 3 },
        ],
        0.1,
      ),
      { replications: 1, cutWindows: 0 },
    );
    // 145 reads as ever, 5 twice, 5 six and 5 three times as long.
    expect(kept.sessions('reader').sum('inProgressIntegralSec')).toBeCloseTo(
      0.1 * (145 + 5 * 2 + 5 * 6 + 5 * 3),
      9,
    );
  });

  test('independent error rates add up as 1 − (1 − p)(1 − q)', () => {
    const faults = [
      { atSec: 0, errorRate: 0.5 },
      { atSec: 0, errorRate: 0.2 },
    ];
    const rates = playReplications(reads(faults), { replications: 40, cutWindows: 0 }).map(
      (kept) => kept.sessions('reader').failures('error') / 160,
    );
    const { mean, error } = meanAndError(rates);
    expect(Math.abs(mean - 0.6)).toBeLessThan(3.5 * error);
  });
});

test('once all faults are over nothing of them is left, in whatever order they came', () => {
  const fault = fc.record({
    atSec: fc.integer({ min: 0, max: 20 }),
    forSec: fc.integer({ min: 1, max: 20 }),
    latencyFactor: fc.constantFrom(0, 0.1, 3),
    errorRate: fc.constantFrom(0, 0.3, 1),
    quotaFactor: fc.constantFrom(0, 0.7),
  });
  fc.assert(
    fc.property(fc.array(fault, { minLength: 1, maxLength: 6 }), (faults) => {
      const scenario = Scenario.parse({ plimsoll: 1, name: 'faults', ...reads(faults) });
      const kernel = createKernel(compileScenario(scenario), 1, 0);
      const [station] = kernel.stations;
      const active = new ActiveFaults(kernel);
      const present = new Set<number>();
      station.onFault = (index, begins) => {
        expect(present.has(index)).toBe(!begins);
        if (begins) present.add(index);
        else present.delete(index);
        active.change(index, begins);
      };
      startLoad(kernel);
      for (let sec = 0; sec < 45; sec++) {
        kernel.advanceTo(sec + 0.25, 1e6);
        const expected = faults.flatMap(({ atSec, forSec }, index) =>
          atSec <= sec && sec < atSec + forSec ? [index] : [],
        );
        expect([...present].sort()).toEqual(expected);
      }
      const { latencyFactor, quotaFactor, errorRate, isOutage } = active;
      expect([latencyFactor, quotaFactor, errorRate, isOutage]).toEqual([1, 1, 0, false]);
    }),
    { numRuns: 50 },
  );
});
