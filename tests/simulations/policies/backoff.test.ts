import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Backoff, Retry } from '@/simulations/scenario/policy';
import { playLiteral } from './play-literal';

type BackoffLiteral = z.input<typeof Backoff>;
type RetryLiteral = z.input<typeof Retry>;

/** Sum of the delays of one call whose attempts fail at once, in s. */
function totalDelaySec(retry: RetryLiteral, sessions = 1, seed = 1): number {
  const played = playLiteral(
    {
      horizonSec: 1e9,
      resources: {},
      classes: {
        clients: {
          arrivals: { kind: 'burst', sessions },
          program: [{ attempt: 'call', steps: [{ fail: 'down' }], retry, fallback: [] }],
        },
      },
    },
    seed,
  );
  expect(played.replication.stopReason).toBeNull();
  expect(played.callSec(0).count).toBe(sessions);
  return played.callSec(0).sum / sessions;
}

const base: BackoffLiteral = { baseSec: 1, capSec: 5 };

describe('delays between attempts', () => {
  test.each([
    ['none at all where nothing is said', { attempts: 4 }, 0],
    ['base, doubled, up to the cap', { attempts: 6, backoff: base }, 1 + 2 + 4 + 5 + 5],
    ['from base · factor on', { attempts: 4, backoff: { ...base, firstExponent: 1 } }, 2 + 4 + 5],
    ['by another factor', { attempts: 4, backoff: { baseSec: 1, factor: 3 } }, 1 + 3 + 9],
    ['with something added to each', { attempts: 3, backoff: { ...base, extraSec: 0.5 } }, 4],
    ['a law instead', { attempts: 3, delaySec: 7, backoff: base }, 14],
    ['nothing to grow from', { attempts: 3_000, backoff: { baseSec: 0, jitter: 'full' } }, 0],
    ['the cap for good', { attempts: 2_001, backoff: { baseSec: 1, capSec: 2 } }, 3_999],
  ] satisfies [string, RetryLiteral, number][])('%s', (_, retry, expected) => {
    expect(totalDelaySec(retry)).toBeCloseTo(expected, 9);
  });

  test.each([
    ['full', (1 + 2 + 4) / 2],
    ['equal', (1 + 2 + 4) * 0.75],
    ['downward', (1 + 2 + 4) * 0.875],
    // s1 ~ U(1, 3) has mean 2; then each mean is (1 + 3 · the last) / 2, as the cap is far.
    ['decorrelated', 2 + 3.5 + 5.75],
  ] as const)('%s jitter has the mean of its formula', (jitter, expected) => {
    const backoff = { baseSec: 1, capSec: 1_000, jitter };
    const mean = totalDelaySec({ attempts: 4, backoff }, 10_000);
    expect(mean / expected).toBeGreaterThan(0.975);
    expect(mean / expected).toBeLessThan(1.025);
  });

  test('stay within what the formula of each jitter allows', () => {
    const jitter = fc.constantFrom('none', 'equal', 'full', 'decorrelated', 'downward');
    const drawn = fc.record({
      jitter,
      baseSec: fc.double({ min: 0.001, max: 10, noNaN: true }),
      capSec: fc.double({ min: 10, max: 100, noNaN: true }),
      seed: fc.integer({ min: 0, max: 1_000 }),
    });
    fc.assert(
      fc.property(drawn, ({ jitter: kind, baseSec, capSec, seed }) => {
        const backoff = { baseSec, capSec, jitter: kind } as const;
        const delaySec = totalDelaySec({ attempts: 2, backoff }, 1, seed);
        const least = { none: 1, equal: 0.5, full: 0, decorrelated: 1, downward: 0.75 }[kind];
        const most = kind === 'decorrelated' ? 3 : 1;
        expect(delaySec).toBeGreaterThanOrEqual(least * baseSec * (1 - 1e-12));
        expect(delaySec).toBeLessThanOrEqual(Math.min(capSec, most * baseSec) * (1 + 1e-12));
      }),
      { numRuns: 100 },
    );
  });
});

const refusing = {
  door: { kind: 'limiter' as const, ratePerSec: 0.1, burst: 1 },
};

/** One session takes the only token, a second one is refused at 0 and told to come back at 10 s. */
function refused(retry: RetryLiteral, steps: 'call' | 'nested' = 'call') {
  const call = { attempt: 'call', steps: [{ use: 'door', forSec: 0 }], retry };
  return playLiteral({
    horizonSec: 1_000,
    resources: refusing,
    classes: {
      first: { arrivals: { kind: 'burst', sessions: 1 }, program: [{ use: 'door', forSec: 0 }] },
      second: {
        arrivals: { kind: 'burst', sessions: 1, atSec: 0 },
        program:
          steps === 'call'
            ? [call]
            : [{ attempt: 'outer', retry, steps: [{ ...call, retry: { attempts: 1 } }] }],
      },
    },
  });
}

describe('what a refusal asks for', () => {
  test('is waited for', () => {
    const played = refused({ attempts: 2 });
    expect(played.callSec(0).sum).toBeCloseTo(10, 9);
    expect(played.block(0, 'succeeded')).toBe(1);
  });

  test('is the least, not the most', () => {
    expect(refused({ attempts: 2, delaySec: 30 }).callSec(0).sum).toBeCloseTo(30, 9);
  });

  test('is left out of account where it is not to be honoured', () => {
    const played = refused({ attempts: 2, honourRetryAfter: false });
    expect(played.callSec(0).sum).toBe(0);
    expect(played.block(0, 'exhausted')).toBe(1);
  });

  test('is heard by an outer layer too', () => {
    const played = refused({ attempts: 2 }, 'nested');
    expect(played.block(0, 'succeeded')).toBe(1);
    expect(played.callSec(0).sum).toBeCloseTo(10, 9);
  });

  test('says nothing about a later failure of another kind, of the same client or another one', () => {
    const steps = [{ use: 'door', forSec: 0 }];
    const played = playLiteral({
      horizonSec: 1_000,
      resources: refusing,
      classes: {
        first: { arrivals: { kind: 'burst', sessions: 1 }, program: steps },
        unheard: { arrivals: { kind: 'burst', sessions: 1 }, program: steps }, // refused, in no block
        slow: {
          arrivals: { kind: 'burst', sessions: 1 },
          program: [
            {
              attempt: 'slow',
              timeoutSec: 1,
              steps: [{ delay: 5 }],
              retry: { attempts: 3 },
            },
          ],
        },
        failing: {
          arrivals: { kind: 'burst', sessions: 1 },
          program: [{ attempt: 'failing', steps: [{ fail: 'down' }], retry: { attempts: 3 } }],
        },
      },
    });
    expect(played.sessionFailures(1, 'rate_limited')).toBe(1);
    expect(played.callSec(0).sum).toBeCloseTo(3, 9);
    expect(played.callSec(1).sum).toBe(0);
  });
});
