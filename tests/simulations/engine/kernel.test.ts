import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { createKernel, startLoad } from '@/simulations/engine/create-kernel';
import { EventLog, logged } from '@/simulations/engine/event-log';
import type { Kernel } from '@/simulations/engine/kernel';
import { taskState } from '@/simulations/engine/op';
import { playReplication } from '@/simulations/engine/play-replication';
import { Scenario } from '@/simulations/scenario/scenario';
import { randomScenario } from './random-scenario';

const maxEvents = 20_000;
const numRuns = 60;

/** Σ of what sessions and slots that ended had lasted, from the stamps of the tasks alone. */
interface Stamps {
  readonly ageSec: Float64Array; //  by class
  readonly usedSec: Float64Array; // by station: services that were cut short
}

/** Plays a scenario to its horizon, and notes beside it how old is what ends. */
function playNoting(scenario: Scenario, seed: number): { kernel: Kernel; stamps: Stamps } {
  const kernel = createKernel(compileScenario(scenario), seed, 0);
  const { tasks, clock, sessions, stations } = kernel;
  const stamps = {
    ageSec: new Float64Array(sessions.statistics.length),
    usedSec: new Float64Array(stations.length),
  };
  kernel.holdings.countsServed = true;
  const end = sessions.end.bind(sessions);
  sessions.end = (root, cause) => {
    stamps.ageSec[tasks.sessionClass[root]] += clock[0] - tasks.startSec[root];
    end(root, cause);
  };
  for (const station of stations) {
    const withdraw = station.withdraw.bind(station);
    station.withdraw = (task) => {
      const isServed = tasks.state[task] === taskState.serving;
      if (isServed) stamps.usedSec[station.index] += clock[0] - tasks.servedSinceSec[task];
      withdraw(task);
    };
  }
  startLoad(kernel);
  kernel.advanceTo(scenario.horizonSec, maxEvents);
  for (const statistics of sessions.statistics) statistics.account();
  for (const station of stations) station.account();
  return { kernel, stamps };
}

/** Tasks that are not free. */
function liveTasks({ tasks }: Kernel): number[] {
  return Array.from(tasks.state.keys()).filter((task) => tasks.state[task] !== taskState.free);
}

/** Slots that live tasks hold at a station, and for how long together. */
function heldAt({ tasks, holdings, clock }: Kernel, live: readonly number[], station: number) {
  let slots = 0;
  let heldSec = 0;
  for (const task of live) {
    if (tasks.state[task] === taskState.serving && tasks.at[task] === station) {
      slots++;
      heldSec += clock[0] - tasks.servedSinceSec[task];
    }
    for (let node = tasks.holdings[task]; node >= 0; node = holdings.next[node]) {
      if (holdings.station[node] !== station) continue;
      slots += holdings.units[node];
      heldSec += holdings.units[node] * (clock[0] - holdings.acquiredSec[node]);
    }
  }
  return { slots, heldSec };
}

describe('random programs of two classes that share two pools', () => {
  test('every session that starts ends in exactly one way or is unfinished', () => {
    fc.assert(
      fc.property(randomScenario(false), fc.nat(1_000), (scenario, seed) => {
        const { kernel } = playNoting(scenario, seed);
        const live = liveTasks(kernel);
        const { tasks } = kernel;
        kernel.sessions.statistics.forEach((statistics, sessionClass) => {
          const failed = statistics.failuresByCause.reduce((sum, count) => sum + count, 0);
          const { started, succeeded, inProgress } = statistics;
          expect(succeeded + failed + inProgress).toBe(started);
          const unfinished = live.filter(
            (task) =>
              tasks.root[task] === task &&
              tasks.sessionClass[task] === sessionClass &&
              tasks.state[task] !== taskState.resting,
          );
          expect(unfinished).toHaveLength(inProgress);
        });
      }),
      { numRuns },
    );
  });

  test('what is in use is what live tasks hold or are served in, and whoever waits is alive', () => {
    fc.assert(
      fc.property(randomScenario(false), fc.nat(1_000), (scenario, seed) => {
        const { kernel } = playNoting(scenario, seed);
        const live = liveTasks(kernel);
        const { state, at } = kernel.tasks;
        kernel.stations.forEach(({ statistics }, station) => {
          expect(heldAt(kernel, live, station).slots).toBe(statistics.inUse);
          const waiting = live.filter((i) => state[i] === taskState.waiting && at[i] === station);
          expect(waiting).toHaveLength(statistics.waiting);
          expect(statistics.inUse).toBeLessThanOrEqual(statistics.slots);
        });
      }),
      { numRuns },
    );
  });

  test("a free task has no links, nothing pending and nothing of its last user's", () => {
    fc.assert(
      fc.property(randomScenario(false), fc.nat(1_000), (scenario, seed) => {
        const { tasks } = playNoting(scenario, seed).kernel;
        for (let task = 0; task < tasks.capacity; task++) {
          if (tasks.state[task] !== taskState.free) continue;
          const { parent, firstChild, owner, holdings, order, timerOrder, deadlineOrder } = tasks;
          const links = [parent, firstChild, owner, holdings, order, timerOrder, deadlineOrder];
          expect(links.map((column) => column[task])).toEqual(links.map(() => -1));
          expect(tasks.deadlineSec[task]).toBe(Number.POSITIVE_INFINITY);
          expect(tasks.turnStartSec[task]).toBeNaN();
          expect(tasks.spentTokens[task] + tasks.spentUsd[task]).toBe(0);
        }
      }),
      { numRuns },
    );
  });

  test("obey Little's law by class and by station to rounding", () => {
    fc.assert(
      fc.property(randomScenario(false), fc.nat(1_000), (scenario, seed) => {
        const { kernel, stamps } = playNoting(scenario, seed);
        const { tasks, clock, holdings } = kernel;
        const live = liveTasks(kernel);
        kernel.sessions.statistics.forEach((statistics, sessionClass) => {
          let ageSec = stamps.ageSec[sessionClass];
          for (const task of live) {
            if (tasks.root[task] !== task || tasks.state[task] === taskState.resting) continue;
            if (tasks.sessionClass[task] === sessionClass)
              ageSec += clock[0] - tasks.startSec[task];
          }
          expect(ageSec).toBeCloseTo(statistics.inProgressIntegralSec, 6);
        });
        kernel.stations.forEach(({ statistics }, station) => {
          let waitSec = statistics.waitTotalSec;
          for (const task of live) {
            if (tasks.state[task] === taskState.waiting && tasks.at[task] === station) {
              waitSec += clock[0] - tasks.sinceSec[task];
            }
          }
          expect(waitSec).toBeCloseTo(statistics.waitingIntegralSec, 6);
          const { heldSec } = heldAt(kernel, live, station);
          const usedSec = holdings.heldSec[station] + stamps.usedSec[station] + heldSec;
          expect(usedSec).toBeCloseTo(statistics.inUseIntegralSec, 6);
        });
      }),
      { numRuns },
    );
  });

  test('an equal seed gives equal results, in whatever order replications are played', () => {
    fc.assert(
      fc.property(randomScenario(false), fc.nat(1_000), (scenario, seed) => {
        const compiled = compileScenario(scenario);
        const play = (replication: number) =>
          playReplication(compiled, {
            ...{ seed, replication, maxEvents },
            horizonSec: scenario.horizonSec,
          });
        const [first, second] = [play(0), play(1)];
        expect(play(1)).toEqual(second);
        expect(play(0)).toEqual(first);
      }),
      { numRuns: 15 },
    );
  });

  test('the log of a session goes forward in time, and every wait in it ends', () => {
    const ends: readonly number[] = [
      logged.served,
      logged.acquired,
      logged.failed,
      logged.wasCancelled,
      logged.ended,
    ];
    let waits = 0;
    fc.assert(
      fc.property(randomScenario(true), fc.nat(1_000), (scenario, seed) => {
        const log = new EventLog(0, 3);
        const { horizonSec } = scenario;
        playReplication(
          compileScenario(scenario),
          { seed, replication: 0, horizonSec, maxEvents },
          log,
        );
        log.entries.forEach(({ timeSec, task, what }, i) => {
          if (i > 0) expect(timeSec).toBeGreaterThanOrEqual(log.entries[i - 1].timeSec);
          if (what !== logged.waits) return;
          waits++;
          const after = log.entries.slice(i + 1).filter((entry) => entry.task === task);
          const isUnfinished = log.root >= 0 && after.length === 0;
          if (!isUnfinished) expect(after.some((entry) => ends.includes(entry.what))).toBe(true);
        });
        if (log.entries.length > 0) expect(log.entries[0].what).toBe(logged.arrived);
        const ended = log.entries.filter(({ what }) => what === logged.ended).length;
        expect(ended).toBe(log.entries.length > 0 && log.root < 0 ? 1 : 0);
      }),
      { numRuns },
    );
    expect(waits).toBeGreaterThan(0);
  });
});

describe('streams', () => {
  const first = {
    arrivals: { kind: 'poisson', ratePerSec: 1 },
    program: [
      { delay: { law: 'lognormal', mean: 1, cv: 2 } },
      { use: 'first', forSec: { law: 'exponential', mean: 1 } },
    ],
  };
  const second = {
    arrivals: { kind: 'poisson', ratePerSec: 3 },
    program: [{ use: 'second', forSec: { law: 'gamma', mean: 0.5, cv: 0.5 } }],
  };
  const pool = { kind: 'pool', slots: 2 };
  const play = (resources: object, classes: object) => {
    const job = { seed: 7, replication: 0, horizonSec: 500, maxEvents: 1e6 };
    const literal = { plimsoll: 1, name: 'Streams', horizonSec: 500, resources, classes };
    return playReplication(compileScenario(Scenario.parse(literal)), job);
  };

  test('a class and a resource more leave arrivals and services of the others as they were', () => {
    const alone = play({ first: pool }, { first });
    const after = play({ first: pool, second: pool }, { first, second });
    const before = play({ second: pool, first: pool }, { second, first });
    expect(alone.classWindows[0].some(({ started }) => started > 0)).toBe(true);
    expect(after.classWindows[0]).toEqual(alone.classWindows[0]);
    expect(before.classWindows[1]).toEqual(alone.classWindows[0]);
    const waits = (run: typeof alone, station: number, sessionClass: number) =>
      run.stationWindows[station].map((window) => window.waitSecByClass[sessionClass]);
    expect(waits(after, 0, 0)).toEqual(waits(alone, 0, 0));
    expect(waits(before, 1, 1)).toEqual(waits(alone, 0, 0));
  });
});

describe('events at one time happen in the order in which they were scheduled', () => {
  const recorded = (atSec: number[]) => ({ kind: 'recorded', atSec });

  /** Whether the n-th session of the first class had to wait for one of n slots. */
  function hadToWait(classes: object, n = 1): boolean {
    const log = new EventLog(0, n);
    const resources = { slot: { kind: 'pool', slots: n } };
    const literal = { plimsoll: 1, name: 'Ties', horizonSec: 20, resources, classes };
    const job = { seed: 1, replication: 0, horizonSec: 20, maxEvents: 1e4 };
    playReplication(compileScenario(Scenario.parse(literal)), job, log);
    expect(log.entries.at(-1)?.what).toBe(logged.ended);
    return log.entries.some(({ what }) => what === logged.waits);
  }

  const delayThenUse = (delay: number) => [{ delay }, { use: 'slot', forSec: 1 }];
  const timesOut = (timeoutSec: number) => [
    { attempt: 'call', timeoutSec, steps: [{ use: 'slot', forSec: 10 }] },
  ];

  test('an event before a timer that was set later, and after one that was set before', () => {
    const early = { arrivals: recorded([0.5]), program: delayThenUse(1.5) };
    const setLater = { arrivals: recorded([1]), program: timesOut(1) };
    expect(hadToWait({ followed: early, other: setLater })).toBe(true);
    const late = { arrivals: recorded([1]), program: delayThenUse(1) };
    const setBefore = { arrivals: recorded([0.5]), program: timesOut(1.5) };
    expect(hadToWait({ followed: late, other: setBefore })).toBe(false);
  });

  test('an event before another one that was scheduled later', () => {
    const holds = { arrivals: recorded([0.5]), program: [{ use: 'slot', forSec: 1.5 }] };
    const scheduledLater = { arrivals: recorded([1]), program: delayThenUse(1) };
    expect(hadToWait({ followed: scheduledLater, other: holds })).toBe(false);
    const lateHolder = { arrivals: recorded([1]), program: [{ use: 'slot', forSec: 1 }] };
    const scheduledBefore = { arrivals: recorded([0.5]), program: delayThenUse(1.5) };
    expect(hadToWait({ followed: scheduledBefore, other: lateHolder })).toBe(true);
  });

  test('an arrival after an event that was scheduled before the arrival was known', () => {
    // The second session comes at 2, which is known from 1 on. The holder leaves at 2 as well, which
    // is known from when it began; the first session has the other slot.
    const arrives = { arrivals: recorded([1, 2]), program: [{ use: 'slot', forSec: 10 }] };
    const waitsBehind = (atSec: number, forSec: number) => {
      const holder = { arrivals: recorded([atSec]), program: [{ use: 'slot', forSec }] };
      return hadToWait({ followed: arrives, other: holder }, 2);
    };
    expect(waitsBehind(0.5, 1.5)).toBe(false);
    expect(waitsBehind(1.5, 0.5)).toBe(true);
  });
});
