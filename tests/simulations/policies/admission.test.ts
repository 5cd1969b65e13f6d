import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AdaptiveLimit } from '@/simulations/policies/adaptive-limit';
import type { Admission } from '@/simulations/scenario/policy';
import type { Step } from '@/simulations/scenario/step';
import { type KeptReplication, playReplications } from '../assert-known-result';

function observeAll(limit: AdaptiveLimit, count: number, staySec: number, inSystem: number) {
  for (let i = 0; i < count; i++) limit.observe(staySec, inSystem, false);
}

describe('the additive limit', () => {
  const plan = { kind: 'aimd' as const, initial: 20, min: 2, max: 30, targetSec: 1 };

  test('grows by one while half of it is used, and not while less is', () => {
    const limit = new AdaptiveLimit(plan);
    limit.observe(0.5, 10, false);
    expect(limit.limit).toBe(21);
    limit.observe(0.5, 10, false);
    expect(limit.limit).toBe(21);
    observeAll(limit, 100, 0.5, 30);
    expect(limit.limit).toBe(30);
  });

  test('shrinks to nine tenths after a long stay or a request that was given up', () => {
    const limit = new AdaptiveLimit(plan);
    limit.observe(1.5, 1, false);
    expect(limit.limit).toBe(18);
    limit.observe(0.1, 18, true);
    expect(limit.limit).toBe(16);
    observeAll(limit, 100, 2, 20);
    expect(limit.limit).toBe(2);
  });

  test('takes 5 s as its target where none is given', () => {
    const limit = new AdaptiveLimit({ kind: 'aimd', initial: 10 });
    limit.observe(4.9, 10, false);
    expect(limit.limit).toBe(11);
    limit.observe(5.1, 10, false);
    expect(limit.limit).toBe(9);
  });
});

describe('the gradient limit', () => {
  test('moves a fifth of the way to the limit of its gradient plus four', () => {
    const limit = new AdaptiveLimit({ kind: 'gradient', initial: 20 });
    observeAll(limit, 10, 1, 0); // too few there for the limit to move
    expect(limit.limit).toBe(20);
    // long = 1 + (4 − 1) · 2/601, g = max(½, long ÷ 4) = ½: 20 · 0.8 + (10 + 4) · 0.2.
    limit.observe(4, 20, false);
    expect(limit.limit).toBeCloseTo(18.8, 12);
  });

  test('grows by 0.8 a sample while stays are what they were', () => {
    const limit = new AdaptiveLimit({ kind: 'gradient', initial: 20 });
    observeAll(limit, 5, 2, 100);
    expect(limit.limit).toBeCloseTo(24, 12);
  });

  test('recovers once stays are short again', () => {
    const limit = new AdaptiveLimit({ kind: 'gradient', initial: 20, min: 5 });
    observeAll(limit, 20, 0.1, 1e3);
    observeAll(limit, 40, 10, 1e3);
    const overloaded = limit.limit;
    observeAll(limit, 200, 0.1, 1e3);
    expect(limit.limit).toBeGreaterThan(2 * overloaded);
  });

  test('stays within its bounds whatever it sees', () => {
    const sample = fc.record({
      staySec: fc.double({ min: 0, max: 1e4, noNaN: true }),
      inSystem: fc.nat(200),
      isDropped: fc.boolean(),
    });
    const kinds = fc.constantFrom('aimd' as const, 'gradient' as const);
    fc.assert(
      fc.property(kinds, fc.array(sample, { maxLength: 100 }), (kind, samples) => {
        const limit = new AdaptiveLimit({ kind, initial: 10, min: 3, max: 40 });
        for (const { staySec, inSystem, isDropped } of samples) {
          limit.observe(staySec, inSystem, isDropped);
          expect(limit.limit).toBeGreaterThanOrEqual(3);
          expect(limit.limit).toBeLessThanOrEqual(40);
        }
      }),
    );
  });
});

const use = (forSec: number): Step => ({ use: 'pool', forSec });

/** Sessions of given arrival times and priorities, each for 10 s on one slot. */
function play(
  admission: Admission,
  jobs: Readonly<Record<string, readonly [atSec: number, priority: number]>>,
): KeptReplication {
  const [kept] = playReplications(
    {
      horizonSec: 200,
      resources: { pool: { kind: 'pool', slots: 1, admission } },
      classes: Object.fromEntries(
        Object.entries(jobs).map(([name, [atSec, priority]]) => [
          name,
          { arrivals: { kind: 'burst', sessions: 1, atSec }, program: [use(10)], priority },
        ]),
      ),
    },
    { replications: 1, cutWindows: 0 },
  );
  return kept;
}

describe('admission', () => {
  test('refuses those who would wait behind as many as may', () => {
    const kept = play({ maxWaiting: 1 }, { a: [0, 0], b: [1, 0], c: [2, 0], d: [10.5, 0] });
    expect(kept.sessions('c').failures('queue_full')).toBe(1);
    expect(kept.sessions('d').sum('succeeded')).toBe(1);
    expect(kept.station('pool').failures('queue_full')).toBe(1);
  });

  test('sheds while the oldest waiter is too old, and only priorities after the one given', () => {
    const jobs = { a: [0, 0], b: [1, 0], early: [5.9, 9], late: [6.1, 9], vip: [6.2, 3] } as const;
    const kept = play({ shedAgeSec: 5, shedBelowPriority: 3 }, jobs);
    expect(kept.sessions('late').failures('shed')).toBe(1);
    expect(kept.station('pool').failures('shed')).toBe(1);
    const all = play({ shedAgeSec: 5 }, jobs);
    expect(all.sessions('vip').failures('shed')).toBe(1);
    expect(all.station('pool').failures('shed')).toBe(2);
  });

  test('sheds beyond the adaptive limit, which is of all who are there', () => {
    const limit = { kind: 'aimd', initial: 2, max: 2 } as const;
    const jobs = { a: [0, 1], b: [1, 1], c: [2, 1], vip: [3, 0] } as const;
    const kept = play({ adaptiveLimit: limit, shedBelowPriority: 0 }, jobs);
    expect(kept.sessions('c').failures('shed')).toBe(1);
    expect(kept.station('pool').failures('shed')).toBe(1);
  });

  test.for(['aimd', 'gradient'] as const)('%s keeps answers in time under overload', (kind) => {
    const goodput = (admission: Admission | undefined) => {
      const [kept] = playReplications(
        {
          horizonSec: 300,
          resources: { pool: { kind: 'pool', slots: 20, admission } },
          classes: {
            all: {
              arrivals: { kind: 'poisson', ratePerSec: 30 },
              program: [{ use: 'pool', forSec: { law: 'exponential', mean: 1 } }],
              deadlineSec: 3,
            },
          },
        },
        { replications: 1 },
      );
      return kept.sessions('all').mean('inTime');
    };
    const limit = { kind, initial: 20, max: 200, targetSec: 2 };
    expect(goodput(undefined)).toBeLessThan(1);
    // The gradient drifts up with the long average, so it keeps less than a fixed target does.
    expect(goodput({ adaptiveLimit: limit })).toBeGreaterThan(kind === 'aimd' ? 10 : 5);
  });
});
