import { describe, expect, test } from 'vitest';
import { runScenario } from '@/simulations/run-scenario';
import { Scenario } from '@/simulations/scenario/scenario';

/** A thousand sessions at one moment, served one a second: the wait of each is its place in line. */
function runLine(more: object) {
  return runScenario(
    Scenario.parse({
      plimsoll: 1,
      name: 'line',
      horizonSec: 2_000,
      replications: 10,
      resources: { desk: { kind: 'pool', slots: 1 } },
      classes: {
        people: {
          arrivals: { kind: 'burst', sessions: 1_000 },
          program: [{ turn: [{ use: 'desk', forSec: 1 }] }],
        },
      },
      ...more,
    }),
  );
}

describe('an objective on a time', () => {
  test('is judged by the quantile that it names, and by no other', () => {
    const quantiles = [0.1, 0.5, 0.9, 0.95, 0.99, 0.999];
    const { slos } = runLine({
      slos: quantiles.flatMap((quantile) => [
        { measure: 'waitSec', resource: 'desk', quantile, atMost: 0 },
        { measure: 'responseSec', class: 'people', quantile, atMost: 0 },
        { measure: 'turnSec', class: 'people', quantile, atMost: 0 },
      ]),
    });
    slos.forEach(({ observed, text }, i) => {
      const exactSec = 1_000 * quantiles[Math.floor(i / 3)];
      expect(Math.abs(observed.mean - exactSec), text).toBeLessThan(1.5 + exactSec / 128);
    });
  });

  test('counts a wait that has not ended with its age', () => {
    const { slos } = runLine({
      horizonSec: 500,
      slos: [{ measure: 'waitSec', resource: 'desk', quantile: 0.9, atMost: 400 }],
    });
    expect(slos[0].observed.mean).toBeGreaterThan(495);
    expect(slos[0].holds).toBe(false);
  });

  test('is neither held nor missed where nothing was observed', () => {
    const { slos } = runLine({
      horizonSec: 0.5,
      slos: [{ measure: 'responseSec', class: 'people', quantile: 0.999, atMost: 1 }],
    });
    expect(slos[0].observed.replications).toBe(0);
    expect(slos[0].holds).toBeNull();
  });
});

describe('a time of which more is left out than lies above the quantile', () => {
  const objective = (measure: string, atMost: number, quantile = 0.95) => ({
    ...(measure === 'waitSec' ? { resource: 'desk' } : { class: 'people' }),
    measure,
    quantile,
    atMost,
  });

  /** Sessions that only take time, exponential with a mean of 3,000 s: P95 is 8,987 s. */
  function runDelay(atMost: number) {
    return runLine({
      horizonSec: 3_600,
      classes: {
        people: {
          arrivals: { kind: 'poisson', ratePerSec: 0.1 },
          program: [{ delay: { law: 'exponential', mean: 3_000 } }],
        },
      },
      slos: [objective('responseSec', atMost)],
    });
  }

  test('is not said to hold while sessions are under way that may take longer', () => {
    const { slos, classes } = runDelay(4_000);
    expect(slos[0].observed.interval95[1]).toBeLessThan(4_000);
    expect(slos[0].holds).toBeNull();
    // From empty, m = 3,000·(1 − e^−1.2)·0.1 of 360 that began are under way at the end: 58 %.
    const exact = (300 * (1 - Math.exp(-1.2))) / 360;
    const { unfinishedShare } = classes[0];
    // Of the part after the warm-up more are: the ended ones of the start are left out.
    expect(unfinishedShare?.mean).toBeGreaterThan(exact - 0.03);
    expect(slos[0].coverage).toEqual({
      of: 'sessions that succeeded',
      share: 1 - (unfinishedShare?.mean ?? 0),
    });
  });

  test('still fails where what ended took too long already', () => {
    expect(runDelay(100).slos[0].holds).toBe(false);
  });

  test('does not count agents at rest as unfinished', () => {
    const { classes } = runLine({
      classes: {
        people: {
          arrivals: { kind: 'closed', agents: 50, restSec: { law: 'exponential', mean: 500 } },
          program: [{ delay: 1 }],
        },
      },
    });
    expect(classes[0].unfinishedShare?.mean).toBeLessThan(0.02);
  });

  test('is not said to hold while turns and sessions fail that may have taken longer', () => {
    // One a second is served, ten wait two seconds at most: three of every burst of ten get through.
    const { slos } = runLine({
      resources: { desk: { kind: 'pool', slots: 1, acquireTimeoutSec: 2.5 } },
      classes: {
        people: {
          arrivals: { kind: 'burst', sessions: 10 },
          program: [{ turn: [{ use: 'desk', forSec: 1 }] }],
        },
      },
      slos: [
        objective('turnSec', 10),
        objective('responseSec', 10),
        objective('turnSec', 10, 0.2),
        objective('responseSec', 10, 0.2),
      ],
    });
    expect(slos.map(({ holds }) => holds)).toEqual([null, null, true, true]);
    expect(slos[0].coverage).toEqual({ of: 'turns that ended', share: expect.closeTo(0.3) });
    expect(slos[1].coverage).toEqual({ of: 'sessions that succeeded', share: expect.closeTo(0.3) });
    expect(slos[2].coverage).toBeUndefined();
  });

  test('is not said to hold while waits are not over', () => {
    const { slos } = runLine({
      resources: { desk: { kind: 'pool', slots: 1 } },
      horizonSec: 5,
      classes: {
        people: {
          arrivals: { kind: 'burst', sessions: 4 },
          program: [{ use: 'desk', forSec: 3 }],
        },
      },
      slos: [objective('waitSec', 100)],
    });
    expect(slos[0].holds).toBeNull();
    expect(slos[0].coverage).toEqual({ of: 'waits that were over', share: 0.5 });
  });

  test('is not in doubt where nothing was left out, few as the sessions may be', () => {
    const { slos } = runLine({
      classes: {
        people: {
          arrivals: { kind: 'burst', sessions: 10 },
          program: [{ turn: [{ use: 'desk', forSec: 1 }] }],
        },
      },
      slos: ['waitSec', 'responseSec', 'turnSec'].map((one) => objective(one, 20, 0.999)),
    });
    expect(slos.map(({ holds }) => holds)).toEqual([true, true, true]);
  });

  test('is worded without an article that would not fit the name', () => {
    const { slos } = runLine({ slos: [objective('turnSec', 9), objective('responseSec', 9)] });
    expect(slos.map(({ text }) => text)).toEqual([
      'P95 turn time of people at most 9 s',
      'P95 session time of people at most 9 s',
    ]);
  });
});
