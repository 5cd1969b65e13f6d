import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { SessionClass } from '@/simulations/scenario/scenario';
import type { Step } from '@/simulations/scenario/step';
import { playLiteral } from './play-literal';

const pool = { kind: 'pool' as const, slots: 2 };
const burst = (sessions: number) => ({ kind: 'burst' as const, sessions });

function playProgram(
  program: readonly Step[],
  rest: Partial<z.input<typeof SessionClass>> = {},
  horizonSec = 1_000,
) {
  return playLiteral({
    horizonSec,
    resources: { pool },
    classes: { clients: { arrivals: burst(1), program, ...rest } },
  });
}

const leaf: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ delay: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ use: fc.constant('pool'), forSec: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ fail: fc.constant('down'), probability: fc.constantFrom(0.3, 1) }),
  fc.record({ acquire: fc.constant('pool') }),
);

/** Programs of attempts within attempts and forks, which all come to an end. */
const { step } = fc.letrec<{ step: Step; steps: Step[] }>((tie) => ({
  step: fc.oneof(
    { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ parallel: fc.array(tie('steps'), { minLength: 1, maxLength: 3 }) }),
    fc.record({
      parallel: fc.array(tie('steps'), { minLength: 2, maxLength: 3 }),
      join: fc.constant('first' as const),
      cancelRest: fc.boolean(),
    }),
    fc.record({
      attempt: fc.constant('call'),
      steps: tie('steps'),
      timeoutSec: fc.integer({ min: 1, max: 6 }),
      afterTimeout: fc.constantFrom('cancelled' as const, 'continues' as const),
      retry: fc.record({
        attempts: fc.integer({ min: 1, max: 4 }),
        delaySec: fc.integer({ min: 0, max: 3 }),
      }),
    }),
    fc.record({ attempt: fc.constant('call'), steps: tie('steps'), fallback: tie('steps') }),
  ),
  steps: fc.array(tie('step'), { maxLength: 3 }),
}));

describe('attempt blocks', () => {
  test('every call ends once, every attempt has one result, and nothing stays taken', () => {
    const programs = fc.array(step, { minLength: 1, maxLength: 4 });
    const deadline = fc.constantFrom({}, { deadlineSec: 7, atDeadline: 'cancelled' as const });
    fc.assert(
      fc.property(programs, deadline, fc.integer({ min: 0, max: 99 }), (program, rest, seed) => {
        const played = playLiteral(
          {
            horizonSec: 1e7,
            resources: { pool: { ...pool, acquireTimeoutSec: 20 } },
            classes: { clients: { arrivals: burst(5), program, ...rest } },
          },
          seed,
        );
        expect(played.replication.stopReason).toBeNull();
        expect(played.replication.unfinishedSessions[0]).toBe(0);
        played.replication.blockWindows.forEach((_, i) => {
          const count = (field: 'calls' | 'attempts' | 'succeeded' | 'exhausted' | 'cancelled') =>
            played.block(i, field);
          const failures = played.causes
            .map((cause) => played.blockFailures(i, cause))
            .reduce((a, b) => a + b, 0);
          expect(count('calls')).toBe(count('succeeded') + count('exhausted') + count('cancelled'));
          expect(played.callSec(i).count).toBe(count('succeeded') + count('exhausted'));
          // A call that was cancelled was in an attempt without a result, or between two of them.
          const withoutResult = count('attempts') - count('succeeded') - failures;
          expect(withoutResult).toBeGreaterThanOrEqual(0);
          expect(withoutResult).toBeLessThanOrEqual(count('cancelled'));
          const retries = failures - count('exhausted');
          expect(count('attempts')).toBeLessThanOrEqual(count('calls') + retries);
          expect(count('attempts')).toBeGreaterThanOrEqual(
            count('calls') + retries - count('cancelled'),
          );
        });
        const last = played.replication.stationWindows[0].at(-1);
        expect(last?.timeSecByInUse.length, 'slots in use at the end').toBe(1);
        expect(last?.firstInUse).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  test('only the causes that are named are tried again', () => {
    const program = [
      {
        attempt: 'call',
        steps: [{ fail: 'other', probability: 0.5 }, { fail: 'down' }],
        retry: { attempts: 'unlimited' as const, on: ['down'] },
      },
    ];
    const played = playProgram(program, { arrivals: burst(200) });
    expect(played.blockFailures(0, 'other')).toBe(200);
    expect(played.sessionFailures(0, 'other')).toBe(200);
    expect(played.blockFailures(0, 'down')).toBeGreaterThan(100);
    expect(played.block(0, 'attempts')).toBe(200 + played.blockFailures(0, 'down'));
  });

  test('attempts of layers multiply', () => {
    const inner = { attempt: 'inner', steps: [{ fail: 'down' }], retry: { attempts: 3 } };
    const middle = { attempt: 'middle', steps: [inner], retry: { attempts: 4 } };
    const played = playProgram([{ attempt: 'outer', steps: [middle], retry: { attempts: 5 } }]);
    expect([0, 1, 2].map((block) => played.block(block, 'attempts'))).toEqual([5, 20, 60]);
    expect(played.sessionFailures(0, 'down')).toBe(1);
  });

  test('a fallback is done instead, and its own failure is the end', () => {
    const steps = [{ fail: 'down' }];
    const good = playProgram([{ attempt: 'call', steps, fallback: [{ delay: 3 }] }]);
    expect(good.responseSec(0).sum).toBe(3);
    expect(good.block(0, 'fellBack')).toBe(1);
    const bad = playProgram([{ attempt: 'call', steps, fallback: [{ fail: 'worse' }] }]);
    expect(bad.sessionFailures(0, 'worse')).toBe(1);
  });
});

describe('timeouts', () => {
  const call = {
    attempt: 'call',
    timeoutSec: 1,
    steps: [{ use: 'pool', forSec: 10 }],
    retry: { attempts: 2, delaySec: 2 },
  };

  test('cancelled work gives its slot back at once', () => {
    const played = playProgram([call]);
    expect(played.station(0, 'inUseIntegralSec')).toBe(2);
    expect(played.sessionFailures(0, 'timeout')).toBe(1);
    expect(played.callSec(0).sum).toBe(4);
  });

  test('work that continues keeps its slot to its end, and nobody hears of it', () => {
    const played = playProgram([{ ...call, afterTimeout: 'continues' }]);
    expect(played.station(0, 'inUseIntegralSec')).toBe(20);
    expect(played.sessionFailures(0, 'timeout')).toBe(1);
    expect(played.callSec(0).sum).toBe(4);
    expect(played.block(0, 'succeeded')).toBe(0);
  });

  test('an attempt that ends at its timeout is in time only if it was to end first', () => {
    const exact = { attempt: 'call', timeoutSec: 1, steps: [{ delay: 1 }] };
    // The timer was set before the work began, so it comes first at equal times.
    expect(playProgram([exact]).sessionFailures(0, 'timeout')).toBe(1);
  });

  test('what was spent on attempts that were given up is wasted, whether they continue or not', () => {
    for (const afterTimeout of ['cancelled', 'continues'] as const) {
      const played = playLiteral({
        horizonSec: 100,
        resources: { model: { kind: 'provider', baseSec: 0 } },
        classes: {
          clients: {
            arrivals: burst(1),
            program: [
              {
                attempt: 'call',
                afterTimeout,
                timeoutSec: 1,
                retry: { attempts: 3 },
                steps: [{ model: 'model', promptTokens: 100, outputTokens: 0 }, { delay: 2 }],
                fallback: [{ model: 'model', promptTokens: 7, outputTokens: 0 }],
              },
            ],
          },
        },
      });
      expect(played.sessions(0, 'succeeded')).toBe(1);
      expect(played.sessions(0, 'spentTokens')).toBe(307);
      expect(played.sessions(0, 'wastedTokens')).toBe(300);
    }
  });
});

describe('deadlines', () => {
  const failing = {
    attempt: 'call',
    steps: [{ delay: 1 }, { fail: 'down' }],
    retry: { attempts: 5, delaySec: 4 },
  };

  test('no retry is planned that would begin after a deadline that cancels', () => {
    const played = playProgram([failing], { deadlineSec: 10, atDeadline: 'cancelled' });
    // Attempts begin at 0 and 5 s; the third would begin at 10 s, so the call gives up at 6 s.
    expect(played.block(0, 'attempts')).toBe(2);
    expect(played.callSec(0).sum).toBe(6);
    expect(played.sessionFailures(0, 'down')).toBe(1);
  });

  test('a deadline that cancels nothing is not known to the layers below', () => {
    const played = playProgram([failing], { deadlineSec: 10 });
    expect(played.block(0, 'attempts')).toBe(5);
  });

  test('an attempt gets no more time than is left, and its work ends with the session', () => {
    const slow = {
      attempt: 'call',
      timeoutSec: 30,
      afterTimeout: 'continues' as const,
      steps: [{ use: 'pool', forSec: 100 }],
      retry: { attempts: 3 },
    };
    const played = playProgram([slow], { deadlineSec: 10, atDeadline: 'cancelled' });
    expect(played.sessionFailures(0, 'deadline')).toBe(1);
    expect(played.station(0, 'inUseIntegralSec')).toBe(10);
    expect(played.block(0, 'cancelled')).toBe(1);
  });
});

describe('retries without end', () => {
  const endless = {
    attempt: 'call',
    steps: [{ fail: 'down' }],
    retry: { attempts: 'unlimited' as const },
  };

  test('that take no time stop the run with a sentence, and what was measured is there', () => {
    const played = playProgram([{ delay: 5 }, endless], { arrivals: burst(3) });
    expect(played.replication.stopReason).toContain("The retries of 'call' take no time");
    expect(played.replication.simulatedSec).toBe(5);
    expect(played.sessions(0, 'started')).toBe(3);
  });

  test('that take time go on to the horizon', () => {
    const patient = { ...endless, retry: { ...endless.retry, delaySec: 1 } };
    const played = playProgram([patient], {}, 100.5);
    expect(played.replication.stopReason).toBeNull();
    expect(played.block(0, 'attempts')).toBe(101);
    expect(played.block(0, 'backingOffIntegralSec')).toBeCloseTo(100.5, 9);
  });
});
