import { describe, expect, test } from 'vitest';
import { compileScenario } from '@/simulations/compile/compile-scenario';
import { createKernel, startLoad } from '@/simulations/engine/create-kernel';
import type { PoolResource } from '@/simulations/scenario/resource';
import { Scenario, type SessionClass } from '@/simulations/scenario/scenario';
import type { Step } from '@/simulations/scenario/step';
import { QueuedPoolStation } from '@/simulations/system/pool/queued-pool-station';
import { SharingStation } from '@/simulations/system/pool/sharing-station';
import {
  type KeptReplication,
  playReplications,
  type ScenarioLiteral,
} from '../assert-known-result';

type Pool = Omit<PoolResource, 'kind'>;
type Rest = Omit<ScenarioLiteral, 'resources' | 'classes' | 'horizonSec'>;

const use = (forSec: number): Step => ({ use: 'pool', forSec });

/** A session that comes at a time and plays steps. */
function at(atSec: number, ...program: Step[]): SessionClass {
  return { arrivals: { kind: 'burst', sessions: 1, atSec }, program };
}

function play(pool: Pool, classes: Record<string, SessionClass>, rest: Rest = {}): KeptReplication {
  const [kept] = playReplications(
    { horizonSec: 1_000, resources: { pool: { kind: 'pool', ...pool } }, classes, ...rest },
    { replications: 1, cutWindows: 0 },
  );
  return kept;
}

/** When each session ended well, in s; NaN where it did not. */
function endsOf(kept: KeptReplication, classes: Record<string, SessionClass>) {
  return Object.fromEntries(
    Object.entries(classes).map(([name, { arrivals }]) => {
      const startSec = arrivals.kind === 'burst' ? (arrivals.atSec ?? 0) : Number.NaN;
      const sample = kept.sessions(name).samples('responseSec');
      return [name, sample.count === 1 ? startSec + sample.sum : Number.NaN];
    }),
  );
}

describe('several slots at once', () => {
  test('wait until all are free, and those behind wait too', () => {
    const hold = (units: number, forSec: number): Step[] => [
      { acquire: 'pool', units },
      { delay: forSec },
      { release: 'pool' },
    ];
    const classes = {
      two: at(0, ...hold(2, 10)),
      another: at(1, ...hold(2, 5)),
      one: at(2, ...hold(1, 1)),
      late: at(3, use(1)),
    };
    const kept = play({ slots: 3 }, classes);
    expect(endsOf(kept, classes)).toEqual({ two: 10, another: 15, one: 11, late: 12 });
  });

  test('let those behind go first once the one that they waited behind has given up', () => {
    const classes = {
      one: at(0, { acquire: 'pool' }, { delay: 10 }, { release: 'pool' }),
      all: at(1, { acquire: 'pool', units: 2 }, { release: 'pool' }),
      small: at(2, use(1)),
    };
    const kept = play({ slots: 2, acquireTimeoutSec: 5 }, classes);
    expect(endsOf(kept, classes)).toEqual({ one: 10, all: Number.NaN, small: 7 });
    expect(kept.sessions('all').failures('acquire_timeout')).toBe(1);
  });
});

describe('a pool under load', () => {
  test('slows every request by those in service when it comes, itself included', () => {
    const classes = { a: at(0, use(1)), b: at(0, use(1)), c: at(0.5, use(1)), d: at(9, use(1)) };
    const kept = play({ slots: 'unlimited', slowdownPerInUse: 0.5 }, classes);
    expect(endsOf(kept, classes)).toEqual({ a: 1.5, b: 2, c: 3, d: 10.5 });
  });

  test('drops waiters past their deadline when their turn comes, not before', () => {
    const classes = {
      long: at(0, use(10)),
      expired: { ...at(1, use(1)), deadlineSec: 5 },
      patient: at(2, use(1)),
    };
    const kept = play({ slots: 1, admission: { dropExpired: true } }, classes);
    expect(endsOf(kept, classes)).toEqual({ long: 10, expired: Number.NaN, patient: 11 });
    expect(kept.sessions('expired').failures('deadline')).toBe(1);
    expect(kept.station('pool').samples('waitSecByClass', 1).sum).toBe(9);
  });

  test('counts the wait of a request that was cancelled while it waited', () => {
    const call: Step = { attempt: 'call', steps: [use(1)], timeoutSec: 3 };
    for (const admission of [undefined, { maxWaiting: 5 }]) {
      const kept = play({ slots: 1, admission }, { long: at(0, use(10)), given: at(1, call) });
      expect(kept.sessions('given').failures('timeout')).toBe(1);
      expect(kept.station('pool').samples('waitSecByClass', 1).sum).toBe(3);
      expect(kept.station('pool').sum('waitingIntegralSec')).toBe(3);
    }
  });
});

describe('connections', () => {
  test('are opened when needed, reused, and replaced at their age', () => {
    const classes = {
      first: at(0, use(1)),
      second: at(0.5, use(1)),
      reuses: at(5, use(1)),
      replaces: at(20, use(1)),
    };
    const kept = play({ slots: 2, connectSec: 1, maxLifetimeSec: 10 }, classes);
    expect(endsOf(kept, classes)).toEqual({ first: 2, second: 2.5, reuses: 6, replaces: 22 });
    expect(kept.station('pool').counter(0)).toBe(3);
    expect(kept.station('pool').counter(1)).toBe(2);
  });

  test('that come back last are taken first, so that the others grow idle and are closed', () => {
    const steady = Object.fromEntries(
      Array.from({ length: 10 }, (_, i) => [`at ${i}`, at(2 + i, use(0.5))]),
    );
    const classes = {
      pair: { ...at(0, use(0.5)), arrivals: { kind: 'burst' as const, sessions: 2 } },
      ...steady,
      alone: at(12, use(0.5)),
      besides: at(12, use(0.5)),
    };
    const kept = play({ slots: 2, connectSec: 0.25, idleReleaseSec: 3 }, classes);
    const ends = endsOf(kept, classes);
    expect([ends['at 0'], ends['at 9'], ends.alone, ends.besides]).toEqual([
      2.5, 11.5, 12.5, 12.75,
    ]);
    expect(kept.station('pool').counter(2)).toBe(1);
  });

  test('are opened for those who hold them too, and given back when the wait is cancelled', () => {
    const hold: Step[] = [{ acquire: 'pool' }, use(1), { delay: 1 }, { release: 'pool' }];
    const given: Step = { attempt: 'call', steps: hold, timeoutSec: 1 };
    const classes = { given: at(0, given), holds: at(0.5, ...hold), again: at(9, ...hold) };
    const kept = play({ slots: 1, connectSec: 2 }, classes);
    // The attempt ends at 1 s, half-way through opening a connection; the next one opens its own.
    expect(endsOf(kept, classes)).toEqual({ given: Number.NaN, holds: 5, again: 11 });
  });
});

describe('transaction mode', () => {
  test('takes a slot only while the holder is served', () => {
    const agent: Step[] = [{ acquire: 'pool' }, use(1), { delay: 5 }, use(1), { release: 'pool' }];
    const classes = { first: at(0, ...agent), second: at(0, ...agent) };
    const session = play({ slots: 1, mode: 'session' }, classes);
    expect(endsOf(session, classes)).toEqual({ first: 7, second: 14 });
    const transaction = play({ slots: 1, mode: 'transaction' }, classes);
    expect(endsOf(transaction, classes)).toEqual({ first: 7, second: 8 });
    expect(transaction.station('pool').sum('inUseIntegralSec')).toBe(4);
  });
});

describe('preemption', () => {
  test('goes on where it broke off, and never takes what is held', () => {
    const classes = {
      low: { ...at(0, use(10)), priority: 5 },
      high: { ...at(3, use(2)), priority: 0 },
      middle: { ...at(4, use(1)), priority: 3 },
      holder: { ...at(20, { acquire: 'pool' }, use(4), { release: 'pool' }), priority: 5 },
      urgent: { ...at(21, use(1)), priority: 0 },
    };
    const kept = play({ slots: 1, discipline: 'preemptive' }, classes);
    const ends = { low: 13, high: 5, middle: 6, holder: 24, urgent: 25 };
    expect(endsOf(kept, classes)).toEqual(ends);
    expect(kept.station('pool').samples('waitSecByClass', 0).sum).toBe(3);
  });
});

describe('faults', () => {
  const fault = { resource: 'pool', atSec: 5, forSec: 5 };

  test('an outage fails who waits and who comes; what is served goes on', () => {
    const classes = {
      served: at(0, use(8)),
      waits: at(1, use(1)),
      comes: at(6, use(1)),
      after: at(10.5, use(1)),
    };
    const kept = play({ slots: 1 }, classes, { faults: [{ ...fault, outage: true }] });
    const ends = { served: 8, waits: Number.NaN, comes: Number.NaN, after: 11.5 };
    expect(endsOf(kept, classes)).toEqual(ends);
    expect(kept.station('pool').failures('outage')).toBe(2);
  });

  test('latency makes what begins then take longer', () => {
    const classes = { before: at(4, use(2)), during: at(6, use(2)), after: at(11, use(2)) };
    for (const discipline of ['fifo', 'sharing'] as const) {
      const faults = [{ ...fault, latencyFactor: 2.5 }];
      const kept = play({ slots: 9, discipline }, classes, { faults });
      expect(endsOf(kept, classes)).toEqual({ before: 6, during: 11, after: 13 });
    }
  });

  test('a maintenance window lets nobody begin, and a cut fewer', () => {
    const classes = { a: at(6, use(2)), b: at(6, use(2)), c: at(6, use(2)) };
    const none = play({ slots: 3 }, classes, { faults: [{ ...fault, quotaFactor: 0 }] });
    expect(endsOf(none, classes)).toEqual({ a: 12, b: 12, c: 12 });
    const third = play({ slots: 3 }, classes, { faults: [{ ...fault, quotaFactor: 1 / 3 }] });
    expect(endsOf(third, classes)).toEqual({ a: 8, b: 10, c: 12 });
  });

  test('an error rate fails its share of requests', () => {
    const kept = play(
      { slots: 50 },
      { all: { arrivals: { kind: 'poisson', ratePerSec: 20 }, program: [use(0.1)] } },
      { faults: [{ ...fault, atSec: 0, forSec: 1_000, errorRate: 0.3 }] },
    );
    const requests = kept.station('pool').sum('requests');
    const share = kept.station('pool').failures('error') / requests;
    expect(Math.abs(share - 0.3)).toBeLessThan(3.5 * Math.sqrt((0.3 * 0.7) / requests));
  });
});

describe('replicas that come and go', () => {
  function start(pool: Pool) {
    const classes = { all: { arrivals: { kind: 'burst', sessions: 6 }, program: [use(10)] } };
    const resources = { pool: { kind: 'pool', ...pool } };
    const scenario = Scenario.parse({
      ...{ plimsoll: 1, name: 'replicas', horizonSec: 100 },
      ...{ resources, classes },
    });
    const kernel = createKernel(compileScenario(scenario), 1, 0);
    startLoad(kernel);
    const [station] = kernel.stations;
    const { statistics } = station;
    const state = () => [statistics.inUse, statistics.waiting, statistics.slots];
    return { kernel, station, state };
  }

  test.for<[string, Pool]>([
    ['alike', { slots: 2, admission: { maxWaiting: 9 } }],
    ['with connections', { slots: 2, maxLifetimeSec: 1_000 }],
    ['that may fail', { slots: 2, breakdowns: { upSec: 1e6, repairSec: 1 } }],
  ])('slots %s: more serve who waits, fewer go as they come free', ([, pool]) => {
    const { kernel, station, state } = start(pool);
    if (!(station instanceof QueuedPoolStation)) throw new Error('expected the full pool');
    kernel.advanceTo(1, 1e3);
    expect(state()).toEqual([2, 4, 2]);
    station.setSlots(5);
    expect(state()).toEqual([5, 1, 5]);
    kernel.advanceTo(2, 1e3);
    station.setSlots(1);
    expect(state()).toEqual([5, 1, 1]);
    kernel.advanceTo(10.5, 1e3); // two have ended, three go on
    expect(state()).toEqual([3, 1, 1]);
    kernel.advanceTo(11.5, 1e3);
    expect(state()).toEqual([1, 0, 1]);
    kernel.advanceTo(50, 1e3);
    expect(state()).toEqual([0, 0, 1]);
  });

  test('of a shared processor change its speed', () => {
    const { kernel, station, state } = start({ slots: 2, discipline: 'sharing' });
    if (!(station instanceof SharingStation)) throw new Error('expected a shared processor');
    kernel.advanceTo(15, 1e3); // each has had 15 · 2 ÷ 6 = 5 s of its 10 s
    expect(state()).toEqual([2, 4, 2]);
    station.setSlots(6);
    expect(state()).toEqual([6, 0, 6]);
    kernel.advanceTo(19.99, 1e3);
    expect(state()).toEqual([6, 0, 6]);
    kernel.advanceTo(20.01, 1e3);
    expect(state()).toEqual([0, 0, 6]);
  });
});
