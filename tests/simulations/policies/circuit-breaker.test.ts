import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Breaker } from '@/simulations/scenario/policy';
import type { Step } from '@/simulations/scenario/step';
import { playLiteral } from './play-literal';

type BreakerLiteral = z.input<typeof Breaker>;

/** One session that calls every second; `fails(call)` by call number from 0, through a chain of steps. */
function playCalls(
  breaker: BreakerLiteral,
  outcomes: readonly { readonly fails: boolean; readonly takesSec?: number }[],
  gapSec = 1,
) {
  const program: Step[] = outcomes.flatMap(({ fails, takesSec = 0 }): Step[] => [
    {
      attempt: 'call',
      breaker: 'guard',
      steps: [{ delay: takesSec }, { fail: 'down', probability: fails ? 1 : 0 }],
      fallback: [],
    },
    { delay: gapSec },
  ]);
  const played = playLiteral({
    horizonSec: 1_000,
    resources: {},
    breakers: { guard: breaker },
    classes: { clients: { arrivals: { kind: 'burst', sessions: 1 }, program } },
  });
  // Each call is a block of its own here: what became of it, in order.
  return outcomes.map((_, i) =>
    played.block(i, 'succeeded') === 1
      ? 'good'
      : played.blockFailures(i, 'circuit_open') === 1
        ? 'refused'
        : 'bad',
  );
}

const good = { fails: false };
const bad = { fails: true };

describe('a circuit breaker', () => {
  const afterThree: BreakerLiteral = { consecutiveFailures: 3, openSec: 2.5 };

  test('opens after failures in a row, refuses for its time, and lets one trial through', () => {
    expect(playCalls(afterThree, [bad, bad, bad, good, good, good, bad, bad, good])).toEqual([
      'bad',
      'bad',
      'bad', // opens at 2 s, until 4.5 s
      'refused',
      'refused',
      'good', // the trial, at 5 s, closes it
      'bad',
      'bad',
      'good', // no three in a row
    ]);
  });

  test('opens again when the trial fails', () => {
    expect(playCalls(afterThree, [bad, bad, bad, good, good, bad, good, good, good])).toEqual([
      'bad',
      'bad',
      'bad',
      'refused',
      'refused',
      'bad', // the trial opens it until 7.5 s
      'refused',
      'refused',
      'good',
    ]);
  });

  test('counts again from nothing after a success', () => {
    const all = [bad, bad, good, bad, bad, good, bad, bad];
    expect(playCalls(afterThree, all)).not.toContain('refused');
  });

  test('opens at a share of failures in its window, once there are calls enough', () => {
    const half: BreakerLiteral = {
      failureRate: 0.5,
      minimumCalls: 4,
      windowSec: 100,
      openSec: 1_000,
    };
    expect(playCalls(half, [bad, bad, good, good, good])).toEqual([
      'bad',
      'bad',
      'good',
      'good', // the fourth call makes it two of four
      'refused',
    ]);
    expect(playCalls(half, [good, good, good, bad, bad, bad, good]).at(-1)).toBe('refused');
    expect(playCalls(half, [good, good, good, bad, bad, good])).not.toContain('refused');
  });

  test('forgets what is older than its window', () => {
    const short: BreakerLiteral = {
      failureRate: 0.5,
      minimumCalls: 4,
      windowSec: 3,
      openSec: 1_000,
    };
    // One call a second: the window never holds four of them.
    expect(playCalls(short, Array(20).fill(bad))).not.toContain('refused');
    expect(playCalls(short, Array(20).fill(bad), 0.5)).toContain('refused');
  });

  test('takes a slow call for a failed one', () => {
    const slow: BreakerLiteral = { consecutiveFailures: 2, slowerThanSec: 0.5, openSec: 1_000 };
    const late = { fails: false, takesSec: 0.75 };
    expect(playCalls(slow, [late, good, late, late, good])).toEqual([
      'good',
      'good',
      'good',
      'good',
      'refused',
    ]);
  });

  test('with a limit of calls opens for each session by itself', () => {
    const played = playLiteral({
      horizonSec: 50,
      resources: {},
      breakers: { guard: { callsPerSession: 3, openSec: 1_000 } },
      classes: {
        clients: {
          arrivals: { kind: 'recorded', atSec: [0, 0, 7, 20] },
          program: [
            {
              repeat: 5,
              steps: [{ attempt: 'call', breaker: 'guard', steps: [], fallback: [] }, { delay: 1 }],
            },
          ],
        },
      },
    });
    expect(played.block(0, 'succeeded')).toBe(4 * 3);
    expect(played.blockFailures(0, 'circuit_open')).toBe(4 * 2);
    expect(played.block(0, 'breakerOpenings')).toBe(4);
    // Each is open from its fourth call at 3 s to the end of its session at 5 s.
    expect(played.block(0, 'breakerOpenSec')).toBeCloseTo(4 * 2, 9);
  });

  test('does not retry what it refuses, unless it is told to', () => {
    const retried = (on?: string[]) => {
      const retry = { attempts: 10, delaySec: 1, ...(on === undefined ? {} : { on }) };
      const played = playLiteral({
        horizonSec: 100,
        resources: {},
        breakers: { guard: { consecutiveFailures: 3, openSec: 4.5 } },
        classes: {
          clients: {
            arrivals: { kind: 'burst', sessions: 1 },
            program: [{ attempt: 'call', breaker: 'guard', steps: [{ fail: 'down' }], retry }],
          },
        },
      });
      return played.block(0, 'attempts');
    };
    expect(retried()).toBe(4);
    expect(retried(['down', 'circuit_open'])).toBe(10);
  });

  test('gives the place of a trial back that was cancelled', () => {
    const played = playLiteral({
      horizonSec: 100,
      resources: {},
      breakers: { guard: { consecutiveFailures: 1, openSec: 1 } },
      classes: {
        opener: {
          arrivals: { kind: 'burst', sessions: 1 },
          program: [{ attempt: 'call', breaker: 'guard', steps: [{ fail: 'down' }] }],
        },
        trial: {
          arrivals: { kind: 'burst', sessions: 1, atSec: 2 },
          deadlineSec: 3,
          atDeadline: 'cancelled',
          program: [{ attempt: 'call', breaker: 'guard', steps: [{ delay: 50 }] }],
        },
        meanwhile: {
          arrivals: { kind: 'burst', sessions: 1, atSec: 4 },
          program: [{ attempt: 'call', breaker: 'guard', steps: [] }],
        },
        next: {
          arrivals: { kind: 'burst', sessions: 1, atSec: 6 },
          program: [{ attempt: 'call', breaker: 'guard', steps: [] }],
        },
      },
    });
    expect(played.sessionFailures(1, 'deadline')).toBe(1);
    expect(played.sessionFailures(2, 'circuit_open')).toBe(1);
    expect(played.sessions(3, 'succeeded')).toBe(1);
  });

  test('is open as long as its openings last, however the calls come', () => {
    const drawn = fc.record({
      openSec: fc.double({ min: 0.5, max: 20, noNaN: true }),
      ratePerSec: fc.double({ min: 0.5, max: 20, noNaN: true }),
      seed: fc.integer({ min: 0, max: 1_000 }),
    });
    fc.assert(
      fc.property(drawn, ({ openSec, ratePerSec, seed }) => {
        const horizonSec = 200;
        const played = playLiteral(
          {
            horizonSec,
            resources: {},
            breakers: { guard: { consecutiveFailures: 1, openSec } },
            classes: {
              clients: {
                arrivals: { kind: 'poisson', ratePerSec },
                program: [{ attempt: 'call', breaker: 'guard', steps: [{ fail: 'down' }] }],
              },
            },
          },
          seed,
        );
        const openings = played.block(0, 'breakerOpenings');
        const openSecAll = played.block(0, 'breakerOpenSec');
        expect(openings).toBe(played.blockFailures(0, 'down'));
        expect(openSecAll).toBeLessThanOrEqual(Math.min(horizonSec, openings * openSec) + 1e-9);
        expect(openSecAll).toBeGreaterThanOrEqual((openings - 1) * openSec - 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  test('lets no more calls through at once than its trials while it is half open', () => {
    const drawn = fc.record({
      halfOpenCalls: fc.integer({ min: 1, max: 5 }),
      openSec: fc.integer({ min: 1, max: 10 }),
      ratePerSec: fc.integer({ min: 5, max: 50 }),
      seed: fc.integer({ min: 0, max: 1_000 }),
    });
    fc.assert(
      fc.property(drawn, ({ halfOpenCalls, openSec, ratePerSec, seed }) => {
        const played = playLiteral(
          {
            horizonSec: 100,
            resources: { callee: { kind: 'pool', slots: 'unlimited' } },
            breakers: { guard: { consecutiveFailures: 1, openSec, halfOpenCalls } },
            classes: {
              // Opens it at 0 and ends at once: from then on it is open or half open for good.
              opener: {
                arrivals: { kind: 'burst', sessions: 1 },
                program: [{ attempt: 'first', breaker: 'guard', steps: [{ fail: 'down' }] }],
              },
              clients: {
                arrivals: { kind: 'poisson', ratePerSec },
                program: [
                  {
                    attempt: 'call',
                    breaker: 'guard',
                    steps: [
                      { use: 'callee', forSec: { law: 'exponential', mean: 0.5 } },
                      { fail: 'down' },
                    ],
                  },
                ],
              },
            },
          },
          seed,
        );
        const rounds = 1 + Math.floor(100 / openSec);
        const requests = played.station(0, 'requests');
        expect(requests).toBeGreaterThan(0);
        expect(requests).toBeLessThanOrEqual(rounds * halfOpenCalls);
        const most = Math.max(
          ...played.replication.stationWindows[0].map(
            ({ firstInUse, timeSecByInUse }) => firstInUse + timeSecByInUse.length - 1,
          ),
        );
        // Trials of a round may still be under way when those of the next one begin.
        expect(most).toBeLessThanOrEqual(openSec >= 8 ? halfOpenCalls : 3 * halfOpenCalls);
      }),
      { numRuns: 40 },
    );
  });
});
