import { describe, expect, test } from 'vitest';
import { runAnalysis } from '@/simulations/analysis/analysis-plan';
import { mapEnvelope } from '@/simulations/analysis/map-envelope';
import { measureSensitivity } from '@/simulations/analysis/measure-sensitivity';
import {
  listParameters,
  parameterValue,
  withParameter,
} from '@/simulations/analysis/scenario-parameter';
import { searchLoad, sweepLoad } from '@/simulations/analysis/search-load';
import { sizeParameter } from '@/simulations/analysis/size-parameter';
import { meanWaitSec } from '@/simulations/analytic/erlang-c';
import { Scenario } from '@/simulations/scenario/scenario';

/** M/M/c with 1 s of service, held to a mean wait through its P95 or to its utilisation. */
function queue(options: {
  readonly slots: number;
  readonly ratePerSec: number;
  readonly slos: readonly object[];
  readonly horizonSec?: number;
}) {
  return Scenario.parse({
    plimsoll: 1,
    name: 'M/M/c',
    horizonSec: options.horizonSec ?? 1_000,
    replications: 10,
    resources: { servers: { kind: 'pool', slots: options.slots } },
    classes: {
      customers: {
        arrivals: { kind: 'poisson', ratePerSec: options.ratePerSec },
        program: [{ use: 'servers', forSec: { law: 'exponential', mean: 1 } }],
      },
    },
    slos: options.slos,
  });
}

const utilizationUpTo = (atMost: number) => ({
  measure: 'utilization',
  resource: 'servers',
  atMost,
});
const waitP95UpTo = (atMost: number) => ({
  measure: 'waitSec',
  resource: 'servers',
  quantile: 0.95,
  atMost,
});

/** P95 of the wait in M/M/c with service rate 1: P(wait > t) = C·e^−(c − λ)t. */
function waitP95Sec(servers: number, ratePerSec: number): number {
  const queue = { servers, arrivalRatePerSec: ratePerSec, serviceTimeSec: 1 };
  const meanSec = meanWaitSec(queue);
  if (meanSec === null) return Number.POSITIVE_INFINITY; // no steady state
  const waitProbability = meanSec * (servers - ratePerSec);
  return Math.max(0, Math.log(waitProbability / 0.05) / (servers - ratePerSec));
}

describe('searchLoad', () => {
  test('finds the load at which utilisation reaches its limit: ρ = λ ÷ c', () => {
    const scenario = queue({ slots: 10, ratePerSec: 1, slos: [utilizationUpTo(0.5)] });
    const { limit, interval95, bindsFirst } = runAnalysis(
      searchLoad(scenario, { from: 1, upTo: 64 }),
    );
    expect(limit).toBeGreaterThan(4.6);
    expect(limit).toBeLessThan(5.1);
    expect(interval95?.[1]).toBeGreaterThan(4.95);
    expect(bindsFirst).toEqual({
      text: 'Utilisation of servers at most 0.5',
      resource: 'servers',
    });
  });

  test('names what binds next, at the load where the closed form says it does', () => {
    const scenario = queue({
      slots: 10,
      ratePerSec: 1,
      slos: [waitP95UpTo(1), utilizationUpTo(0.5)],
    });
    const { bindsNext } = runAnalysis(searchLoad(scenario, { from: 1, upTo: 64 }));
    expect(bindsNext?.text).toBe('P95 wait for servers at most 1 s');
    expect(waitP95Sec(10, bindsNext?.failsFrom ?? 0)).toBeGreaterThan(1);
  });

  test('says that nothing binds where nothing does, and how far it looked', () => {
    const scenario = queue({ slots: 100, ratePerSec: 1, slos: [utilizationUpTo(0.9)] });
    const search = runAnalysis(searchLoad(scenario, { from: 1, upTo: 8 }));
    expect(search).toMatchObject({ limit: 8, bindsFirst: null, interval95: null, searchedUpTo: 8 });
  });

  test('says that not even the first load holds', () => {
    const scenario = queue({ slots: 1, ratePerSec: 2, slos: [waitP95UpTo(1)], horizonSec: 1_000 });
    const { limit, points } = runAnalysis(searchLoad(scenario, { from: 1, upTo: 8 }));
    expect(limit).toBeNull();
    expect(points[0].overloaded).toEqual(['servers']);
  });

  test('needs an objective', () => {
    const scenario = queue({ slots: 1, ratePerSec: 1, slos: [] });
    expect(() => runAnalysis(searchLoad(scenario, { from: 1, upTo: 2 }))).toThrow(/objectives/);
  });
});

describe('sizeParameter', () => {
  test('finds the number of servers that Erlang C asks for', () => {
    const ratePerSec = 10;
    const targetSec = 0.5;
    let needed = ratePerSec + 1;
    while (waitP95Sec(needed, ratePerSec) > targetSec) needed++;
    const scenario = queue({ slots: 1, ratePerSec, slos: [waitP95UpTo(targetSec)] });
    const sizing = runAnalysis(
      sizeParameter(scenario, { parameter: 'resources.servers.slots', from: 4, upTo: 64 }),
    );
    // One more where the confidence asked for does not let the smallest pass.
    expect(sizing.value).toBeGreaterThanOrEqual(needed);
    expect(sizing.value).toBeLessThanOrEqual(needed + 1);
    expect(sizing.tooSmall).toBeLessThan(needed);
  });

  test('says that no value in the range is enough', () => {
    const scenario = queue({ slots: 1, ratePerSec: 10, slos: [waitP95UpTo(1)], horizonSec: 500 });
    const { value } = runAnalysis(
      sizeParameter(scenario, { parameter: 'resources.servers.slots', from: 1, upTo: 4 }),
    );
    expect(value).toBeNull();
  });
});

describe('measureSensitivity', () => {
  test('puts first what moves the limit: utilisation goes with slots, not with the timeout', () => {
    const base = queue({ slots: 8, ratePerSec: 1, slos: [utilizationUpTo(0.5)], horizonSec: 400 });
    const scenario = withTimeout(base);
    const { parameters, limit } = runAnalysis(
      measureSensitivity(scenario, {
        paths: ['resources.servers.acquireTimeoutSec', 'resources.servers.slots'],
        range: { from: 1, upTo: 64 },
        targetLoad: 6,
      }),
    );
    expect(limit).toBeCloseTo(4, 0);
    expect(parameters[0].path).toBe('resources.servers.slots');
    expect(parameters[0].elasticity).toBeGreaterThan(0.8);
    expect(parameters[0].valueForTarget).toBeGreaterThanOrEqual(12);
    expect(parameters[0].valueForTarget).toBeLessThanOrEqual(13);
    expect(Math.abs(parameters[1].elasticity ?? 1)).toBeLessThan(0.15);
  });
});

describe('mapEnvelope', () => {
  test('holds below the line λ ÷ c = limit and not above it', () => {
    const scenario = queue({
      slots: 4,
      ratePerSec: 1,
      slos: [utilizationUpTo(0.5)],
      horizonSec: 2_000,
    });
    const { holds } = runAnalysis(
      mapEnvelope(scenario, {
        x: { path: 'resources.servers.slots', values: [4, 8] },
        y: { path: 'load', values: [1, 3, 5] },
      }),
    );
    expect(holds).toEqual([
      [true, false, false],
      [true, true, false],
    ]);
  });
});

describe('sweepLoad', () => {
  test('answers for each value in ascending order', () => {
    const scenario = queue({
      slots: 4,
      ratePerSec: 1,
      slos: [utilizationUpTo(0.5)],
      horizonSec: 500,
    });
    const { points } = runAnalysis(sweepLoad(scenario, { values: [3, 1] }));
    expect(points.map(({ value }) => value)).toEqual([1, 3]);
    expect(points[1].busiest?.utilization.mean).toBeCloseTo(0.75, 1);
  });
});

describe('a parameter of a scenario', () => {
  const scenario = withTimeout(queue({ slots: 4, ratePerSec: 2, slos: [] }));

  test('is listed with its value, changed alone, and refused where it is none', () => {
    expect(listParameters(scenario)).toContainEqual({
      path: 'resources.servers.slots',
      value: 4,
      isWhole: true,
    });
    const changed = withParameter(scenario, 'resources.servers.slots', 6);
    expect(parameterValue(changed, 'resources.servers.slots')).toBe(6);
    expect(withParameter(changed, 'resources.servers.slots', 4)).toEqual(scenario);
    expect(() => withParameter(scenario, 'resources.servers.slots', 0)).toThrow(/cannot hold 0/);
    expect(() => withParameter(scenario, 'resources.__proto__.slots', 1)).toThrow(/number/);
    expect(() => parameterValue(scenario, 'resources.none')).toThrow(/number/);
  });

  test('of the load scales every class', () => {
    const { classes } = withParameter(scenario, 'load', 3);
    expect(classes.customers.arrivals).toEqual({ kind: 'poisson', ratePerSec: 6 });
  });
});

function withTimeout(scenario: Scenario): Scenario {
  const servers = { ...scenario.resources.servers, acquireTimeoutSec: 1_000 };
  return Scenario.parse({ ...scenario, resources: { servers } });
}
