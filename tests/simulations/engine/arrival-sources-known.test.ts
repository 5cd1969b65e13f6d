import { describe, expect, test } from 'vitest';
import { poissonWeights } from '@/simulations/analytic/poisson-distribution';
import type { ClassWindow } from '@/simulations/measure/class-statistics';
import {
  assertKnownResult,
  type KeptReplication,
  knownModels,
  type ScenarioLiteral,
} from '../assert-known-result';
import { parameterOf } from '../known-results';

const exponential = (mean: number) => ({ law: 'exponential' as const, mean });

const oneServer = { server: { kind: 'pool' as const, slots: 1 } };
const served = [{ use: 'server', forSec: exponential(1) }];

function probed(times: readonly number[]): (kept: KeptReplication) => number {
  return ({ replication }) =>
    times.reduce((sum, at) => sum + replication.probes[at][0], 0) / times.length;
}

describe('Gamma gaps, one exponential server (O1)', () => {
  test.for(knownModels('O1'))('%s', ([model, rows]) => {
    const cv = parameterOf(model, 'CV');
    const load = parameterOf(model, 'rho');
    const scenario: ScenarioLiteral = {
      horizonSec: (cv > 1 ? 50_000 : 25_000) / load,
      resources: oneServer,
      classes: {
        customers: {
          arrivals: { kind: 'renewal', gapSec: { law: 'gamma', mean: 1 / load, cv } },
          program: served,
        },
      },
    };
    assertKnownResult(
      scenario,
      rows.map(({ quantity, value }) => ({
        quantity,
        value,
        measure: (kept) => kept.station('server').samples('waitSecByClass').mean,
      })),
    );
  });
});

describe('batches of five (O2)', () => {
  test.for(knownModels('O2'))('%s', ([model, rows]) => {
    assertKnownResult(
      {
        horizonSec: 50_000,
        resources: oneServer,
        classes: {
          customers: {
            arrivals: { kind: 'poisson', ratePerSec: parameterOf(model, 'lam_b'), batch: 5 },
            program: served,
          },
        },
      },
      rows.map(({ quantity, value }) => ({
        quantity,
        value,
        measure: (kept) => kept.sessions('customers').samples('responseSec').mean,
      })),
    );
  });
});

/** Share of time with more sessions in progress than a number. */
function shareOfTimeAbove(kept: KeptReplication, sessions: number): number {
  const windows: readonly ClassWindow[] = kept.replication.classWindows[0].slice(2);
  let aboveSec = 0;
  let allSec = 0;
  for (const { timeSecByInProgress, firstInProgress, durationSec } of windows) {
    allSec += durationSec;
    timeSecByInProgress.forEach((sec, i) => {
      if (firstInProgress + i > sessions) aboveSec += sec;
    });
  }
  return aboveSec / allSec;
}

function poissonAbove(mean: number, count: number): number {
  const { first, probability } = poissonWeights(mean);
  return probability.reduce((sum, p, i) => (first + i > count ? sum + p : sum), 0);
}

describe('sessions that nothing holds up (T1)', () => {
  test.for(knownModels('T1'))('%s', ([model, rows]) => {
    const meanSec = 300;
    const ratePerSec = parameterOf(model, 'lam');
    const of = (quantity: string) => rows.find((row) => row.quantity === quantity)?.value;
    const most = Number(of('p99.9 concurrent'));
    // The printed number is the quantile of a Poisson count: the least with no more than 0.1 % above.
    expect(poissonAbove(ratePerSec * meanSec, most)).toBeLessThanOrEqual(0.001);
    expect(poissonAbove(ratePerSec * meanSec, most - 1)).toBeGreaterThan(0.001);
    assertKnownResult(
      {
        horizonSec: 30_000,
        resources: {},
        classes: {
          sessions: {
            arrivals: { kind: 'poisson', ratePerSec },
            program: [{ delay: { law: 'lognormal', mean: meanSec, cv: 1.5 } }],
          },
        },
      },
      [
        {
          quantity: 'mean concurrent',
          value: Number(of('mean concurrent')),
          measure: (kept) => kept.sessions('sessions').mean('inProgressIntegralSec'),
        },
        {
          quantity: `P(more than ${most} concurrent)`,
          value: poissonAbove(ratePerSec * meanSec, most),
          measure: (kept) => shareOfTimeAbove(kept, most),
        },
        {
          quantity: `P(more than ${most - 1} concurrent)`,
          value: poissonAbove(ratePerSec * meanSec, most - 1),
          measure: (kept) => shareOfTimeAbove(kept, most - 1),
        },
      ],
    );
  });
});

const hours = [0, 6, 12, 18];
const firstDay = 2;
const days = 20;

describe('a day that follows a sine (T2)', () => {
  const models = knownModels('T2');

  test.for(models)('%s', ([, rows]) => {
    const probeSec = Array.from({ length: days }, (_, day) =>
      hours.map((hour) => 24 * (firstDay + day) + hour),
    ).flat();
    assertKnownResult(
      {
        horizonSec: 24 * (firstDay + days),
        probeSec,
        resources: {},
        classes: {
          sessions: {
            arrivals: { kind: 'sinusoid', meanPerSec: 100, amplitudePerSec: 50, periodSec: 24 },
            program: [{ delay: exponential(1) }],
          },
        },
      },
      rows.map(({ quantity, value }) => {
        const hour = hours.indexOf(parameterOf(quantity, 't'));
        expect(hour, quantity).toBeGreaterThanOrEqual(0);
        const times = Array.from({ length: days }, (_, day) => hours.length * day + hour);
        return { quantity, value, measure: probed(times) };
      }),
    );
  });
});

describe('a queue that fills from empty (U1)', () => {
  test.for(knownModels('U1'))('%s', ([, rows]) => {
    const probeSec = rows.map(({ quantity }) => parameterOf(quantity, 't'));
    assertKnownResult(
      {
        horizonSec: Math.max(...probeSec) + 1,
        probeSec,
        resources: oneServer,
        classes: {
          customers: { arrivals: { kind: 'poisson', ratePerSec: 0.9 }, program: served },
        },
      },
      rows.map(({ quantity, value }, at) => ({ quantity, value, measure: probed([at]) })),
      { replications: 400, cutWindows: 0 },
    );
  });
});
