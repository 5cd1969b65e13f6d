import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { createKernel, startLoad } from '@/simulations/engine/create-kernel';
import { playReplication } from '@/simulations/engine/play-replication';
import type { Arrivals } from '@/simulations/scenario/arrivals';
import { Scenario } from '@/simulations/scenario/scenario';

type ArrivalsLiteral = z.input<typeof Arrivals>;

const beyondSec = 1e12;

function compile(classes: Readonly<Record<string, ArrivalsLiteral>>) {
  return compileScenario(
    Scenario.parse({
      plimsoll: 1,
      name: 'arrivals',
      horizonSec: 1,
      resources: {},
      classes: Object.fromEntries(
        Object.entries(classes).map(([name, arrivals]) => [
          name,
          { arrivals, program: [{ delay: beyondSec }] },
        ]),
      ),
    }),
  );
}

/** Times at which sessions of each class arrive until a time. */
function arrivalTimes(
  classes: Readonly<Record<string, ArrivalsLiteral>>,
  untilSec: number,
  seed = 1,
): number[][] {
  const kernel = createKernel(compile(classes), seed, 0);
  startLoad(kernel);
  kernel.advanceTo(untilSec, 1e7);
  expect(kernel.stopReason).toBeNull();
  const times: number[][] = Object.keys(classes).map(() => []);
  const { tasks } = kernel;
  for (let task = 0; task < tasks.capacity; task++) {
    if (tasks.state[task] !== 0) times[tasks.sessionClass[task]].push(tasks.startSec[task]);
  }
  return times.map((of) => of.sort((a, b) => a - b));
}

/** Distance of counts from their expectation, in standard deviations of a Poisson count. */
function deviation(counted: number, expected: number): number {
  return (counted - expected) / Math.sqrt(expected);
}

const rate = fc.double({ min: 0, max: 50, noNaN: true });

/** Profiles on a grid, so that their integral is easy to add up by another way. */
const profile = fc.record({
  rates: fc.array(rate, { minLength: 1, maxLength: 6 }),
  between: fc.constantFrom('step' as const, 'linear' as const),
  repeats: fc.boolean(),
});

/** Expected arrivals until a time, by a fine sum over the rate. */
function integral(ratePerSec: (sec: number) => number, untilSec: number): number {
  const steps = 20_000;
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += ratePerSec(((i + 0.5) * untilSec) / steps);
  return (sum * untilSec) / steps;
}

describe('arrivals by a rate', () => {
  test('come as often, on average, as the integral of the rate says', () => {
    fc.assert(
      fc.property(profile, fc.integer({ min: 0, max: 1_000 }), (drawn, seed) => {
        const { rates, between, repeats } = drawn;
        const points = rates.map((ratePerSec, i) => ({ atSec: 10 * i, ratePerSec }));
        const periodSec = 10 * rates.length;
        const arrivals: ArrivalsLiteral = {
          kind: 'profile',
          points,
          between,
          ...(repeats ? { repeatEverySec: periodSec } : {}),
        };
        const ratePerSec = (sec: number) => {
          const withinSec = repeats ? sec % periodSec : sec;
          const at = Math.min(rates.length - 1, Math.floor(withinSec / 10));
          const isLast = at === rates.length - 1;
          if (between === 'step' || (isLast && !repeats)) return rates[at];
          const next = rates[isLast ? 0 : at + 1];
          return rates[at] + ((withinSec - 10 * at) / 10) * (next - rates[at]);
        };
        const untilSec = 3.3 * periodSec;
        const [times] = arrivalTimes({ one: arrivals }, untilSec, seed);
        const expected = integral(ratePerSec, untilSec);
        if (expected < 1e-9) expect(times).toEqual([]);
        else expect(Math.abs(deviation(times.length, expected))).toBeLessThan(5.5);
      }),
      { numRuns: 60 },
    );
  });

  test('are uniform in the integral of the rate, and so neither clump nor spread', () => {
    const [times] = arrivalTimes(
      { one: { kind: 'ramp', fromPerSec: 0, toPerSec: 100, overSec: 100 } },
      200,
    );
    const gains = times.map((sec) => (sec < 100 ? sec ** 2 / 2 : 5_000 + 100 * (sec - 100)));
    const gaps = gains.map((gain, i) => gain - (i === 0 ? 0 : gains[i - 1]));
    const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
    const variance = gaps.reduce((a, b) => a + (b - mean) ** 2, 0) / gaps.length;
    // Exponential gaps of mean 1; 15,000 of them give a mean within 0.04 and a variance within 0.12.
    expect(gaps.length).toBeGreaterThan(14_000);
    expect(Math.abs(mean - 1)).toBeLessThan(0.04);
    expect(Math.abs(variance - 1)).toBeLessThan(0.12);
  });

  test('a spike raises the rate for its time and no longer', () => {
    const [times] = arrivalTimes(
      { one: { kind: 'spike', basePerSec: 10, peakPerSec: 200, atSec: 100, forSec: 20 } },
      500,
    );
    const during = times.filter((sec) => sec >= 100 && sec < 120).length;
    expect(Math.abs(deviation(during, 4_000))).toBeLessThan(4);
    expect(Math.abs(deviation(times.length - during, 4_800))).toBeLessThan(4);
  });

  test('lines that repeat have no jump where a round ends, wherever their points lie', () => {
    const points = [
      { atSec: 5, ratePerSec: 0 },
      { atSec: 15, ratePerSec: 200 },
    ];
    const [times] = arrivalTimes(
      { one: { kind: 'profile', points, between: 'linear', repeatEverySec: 20 } },
      2_000,
    );
    const share = (fromSec: number) =>
      times.filter((sec) => sec % 20 >= fromSec && sec % 20 < fromSec + 5).length;
    // A triangle: means over the quarters of a round, which comes 100 times.
    for (const [fromSec, ratePerSec] of [
      [0, 50],
      [5, 50],
      [10, 150],
      [15, 150],
    ]) {
      expect(Math.abs(deviation(share(fromSec), 100 * 5 * ratePerSec))).toBeLessThan(4.5);
    }
  });

  test('a rate of nothing brings nobody, whether it repeats or not', () => {
    const points = [{ atSec: 5, ratePerSec: 0 }];
    const [once, again] = arrivalTimes(
      {
        once: { kind: 'profile', points },
        again: { kind: 'profile', points, repeatEverySec: 10 },
      },
      1e6,
    );
    expect([once, again]).toEqual([[], []]);
  });

  test('a period with hardly any arrivals is passed over in one step', () => {
    const points = [
      { atSec: 0, ratePerSec: 1e-6 },
      { atSec: 1e-3, ratePerSec: 0 },
    ];
    const [times] = arrivalTimes({ one: { kind: 'profile', points, repeatEverySec: 1 } }, 100e9);
    expect(Math.abs(deviation(times.length, 100))).toBeLessThan(4);
    for (const sec of times) expect(sec % 1).toBeLessThan(0.0011);
  });
});

describe('modulated arrivals', () => {
  test('come at the mean of the rates, weighted by the stays', () => {
    const states = [
      { ratePerSec: 0, staySec: 3 },
      { ratePerSec: 40, staySec: 1 },
    ];
    const [times] = arrivalTimes({ one: { kind: 'modulated', states } }, 4_000);
    const bins = new Float64Array(40);
    for (const sec of times) bins[Math.floor(sec / 100)]++;
    const mean = bins.reduce((a, b) => a + b, 0) / bins.length;
    const variance = bins.reduce((a, b) => a + (b - mean) ** 2, 0) / (bins.length - 1);
    expect(Math.abs(mean - 1_000)).toBeLessThan(4 * Math.sqrt(variance / bins.length));
    // Two states: variance of the count ≈ mean + 2 · (rate swing)² · share · share ÷ speed · time.
    const expected = 1_000 + (2 * 40 ** 2 * (3 / 16) * 100) / (1 + 1 / 3);
    expect(variance / expected).toBeGreaterThan(0.45);
    expect(variance / expected).toBeLessThan(2.2);
  });

  test('states without a rate bring nobody', () => {
    const states = [
      { ratePerSec: 0, staySec: 1 },
      { ratePerSec: 0, staySec: 1 },
    ];
    expect(arrivalTimes({ one: { kind: 'modulated', states } }, 1e6)).toEqual([[]]);
  });
});

describe('a sine of arrivals', () => {
  test('is silent where it would be negative', () => {
    const [times] = arrivalTimes(
      { one: { kind: 'sinusoid', meanPerSec: 0, amplitudePerSec: 100, periodSec: 10 } },
      100,
    );
    expect(Math.abs(deviation(times.length, (100 * 100) / Math.PI))).toBeLessThan(4);
    for (const sec of times) expect(sec % 10).toBeLessThanOrEqual(5);
  });
});

describe('recorded arrivals', () => {
  test('come at their times, and again after each period, whatever their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 30 }),
        (atSec, repeatEverySec) => {
          const untilSec = 100;
          const [times] = arrivalTimes(
            { one: { kind: 'recorded', atSec, repeatEverySec } },
            untilSec,
          );
          const expected = atSec
            .flatMap((sec) =>
              Array.from({ length: 101 }, (_, round) => sec + round * repeatEverySec),
            )
            .filter((sec) => sec < untilSec)
            .sort((a, b) => a - b);
          expect(times).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});

const kinds: readonly ArrivalsLiteral[] = [
  { kind: 'poisson', ratePerSec: 5, batch: { law: 'geometric', mean: 2 } },
  { kind: 'renewal', gapSec: { law: 'gamma', mean: 0.2, cv: 2 } },
  { kind: 'sinusoid', meanPerSec: 5, amplitudePerSec: 5, periodSec: 7 },
  { kind: 'ramp', fromPerSec: 0, toPerSec: 10, overSec: 50 },
  { kind: 'spike', basePerSec: 2, peakPerSec: 30, atSec: 20, forSec: 5 },
  {
    kind: 'modulated',
    states: [
      { ratePerSec: 1, staySec: 4 },
      { ratePerSec: 20, staySec: 2 },
    ],
  },
  { kind: 'profile', points: [{ atSec: 0, ratePerSec: 4 }], repeatEverySec: 10 },
];

describe('streams of arrivals', () => {
  test.each(kinds)('another class leaves the times of this one as they were: $kind', (kind) => {
    const [alone] = arrivalTimes({ one: kind }, 100);
    expect(alone.length).toBeGreaterThan(50);
    for (const other of kinds) {
      const both = arrivalTimes({ one: kind, other }, 100);
      const turned = arrivalTimes({ other, one: kind }, 100);
      expect(both[0]).toEqual(alone);
      expect(turned[1]).toEqual(alone);
      expect(both[1]).toEqual(turned[0]);
    }
  });
});

describe('arrivals without end', () => {
  test('at one moment stop the run with a sentence', () => {
    const scenario = Scenario.parse({
      plimsoll: 1,
      name: 'endless',
      horizonSec: 10,
      resources: {},
      classes: { flood: { arrivals: { kind: 'renewal', gapSec: 0 }, program: [] } },
    });
    const { stopReason, simulatedSec } = playReplication(compileScenario(scenario), {
      seed: 1,
      replication: 0,
      horizonSec: 10,
      maxEvents: 1e9,
    });
    expect(stopReason).toContain("sessions of 'flood' arrive at one moment");
    expect(simulatedSec).toBe(0);
  });
});
