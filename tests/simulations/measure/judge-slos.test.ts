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
