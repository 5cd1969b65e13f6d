import { describe, expect, test } from 'vitest';
import { timeToFirstRejectSec } from '@/simulations/analytic/token-bucket';
import type { KeptReplication } from '../assert-known-result';
import { assertKnownResult, knownModels, playReplications } from '../assert-known-result';
import { parameterOf } from '../known-results';

const refusedShare = (kept: KeptReplication) =>
  kept.station('door').failures('rate_limited') / kept.station('door').sum('requests');

const pass = [{ use: 'door', forSec: 0 }];

describe('LimiterStation', () => {
  test.for(knownModels('M1'))('refuses as the closed form says: %s', ([model, rows]) => {
    const number = (name: string) => parameterOf(model, name);
    assertKnownResult(
      {
        horizonSec: 4_000,
        resources: { door: { kind: 'limiter', ratePerSec: number('r'), burst: number('b') } },
        classes: {
          agents: { arrivals: { kind: 'poisson', ratePerSec: number('lam') }, program: pass },
        },
      },
      rows.map(({ quantity, value }) => ({ quantity, value, measure: refusedShare })),
    );
  });

  test.for(knownModels('M2'))('refuses first when the fluid says: %s', ([model, rows]) => {
    const burst = parameterOf(model, 'B');
    const refillPerSec = parameterOf(model, 'r');
    const expectedSec = timeToFirstRejectSec({ burst, refillPerSec, demandPerSec: 2 });
    expect(rows.map(({ value }) => value)).toEqual([expectedSec]);
    const refusedBy = (horizonSec: number) =>
      playReplications(
        {
          horizonSec,
          resources: { door: { kind: 'limiter', ratePerSec: refillPerSec, burst } },
          classes: {
            agents: { arrivals: { kind: 'renewal', gapSec: 0.5 }, program: pass },
          },
        },
        { replications: 1, cutWindows: 0 },
      )[0]
        .station('door')
        .failures('rate_limited');
    // Whole requests every half second: within one of the fluid's time.
    expect(refusedBy(expectedSec - 0.25)).toBe(0);
    expect(refusedBy(expectedSec + 0.75)).toBeGreaterThan(0);
  });

  test.for(knownModels('M3'))('paces with the waits of M/D/1: %s', ([, rows]) => {
    assertKnownResult(
      {
        horizonSec: 50_000,
        resources: { door: { kind: 'limiter', ratePerSec: 1, burst: 1, onLimit: 'wait' } },
        classes: { agents: { arrivals: { kind: 'poisson', ratePerSec: 0.8 }, program: pass } },
      },
      rows.map(({ quantity, value }) => ({
        quantity,
        value,
        measure: (kept) => kept.station('door').samples('waitSecByClass').mean,
      })),
    );
  });

  const playBurst = (limiter: object, program: readonly object[], sessions = 10) =>
    playReplications(
      {
        horizonSec: 100,
        resources: { door: { kind: 'limiter', ratePerSec: 1, burst: 2, ...limiter } },
        classes: { agents: { arrivals: { kind: 'burst', sessions }, program } },
      } as Parameters<typeof playReplications>[0],
      { replications: 1, cutWindows: 0 },
    )[0];

  test('a bounded line takes so many and turns the others away as full', () => {
    const kept = playBurst({ onLimit: 'wait', maxWaiting: 3 }, pass);
    expect(kept.sessions('agents').sum('succeeded')).toBe(5);
    expect(kept.station('door').failures('queue_full')).toBe(5);
    const waits = kept.station('door').samples('waitSecByClass');
    expect(waits.count).toBe(5);
    expect(waits.mean).toBeCloseTo((1 + 2 + 3) / 5, 6);
  });

  test('a refusal says when there will be a token, and a retry finds it', () => {
    const kept = playBurst(
      {},
      [{ attempt: 'pass', steps: pass, retry: { attempts: 2, honourRetryAfter: true } }],
      3,
    );
    expect(kept.sessions('agents').sum('succeeded')).toBe(3);
    expect(kept.station('door').failures('rate_limited')).toBe(1);
  });

  test('an acquire takes a token per unit, and more than the burst is refused even in line', () => {
    const kept = playBurst({ onLimit: 'wait' }, [{ acquire: 'door', units: 2 }], 3);
    const waits = kept.station('door').samples('waitSecByClass');
    expect(waits.mean).toBeCloseTo((0 + 2 + 4) / 3, 6);
    const tooMuch = playBurst({ onLimit: 'wait' }, [{ acquire: 'door', units: 3 }], 3);
    expect(tooMuch.station('door').failures('rate_limited')).toBe(3);
  });

  test('who gives up waiting leaves its token to the next', () => {
    const kept = playBurst(
      { onLimit: 'wait', burst: 1 },
      [{ attempt: 'pass', steps: pass, timeoutSec: 2.5 }],
      5,
    );
    expect(kept.sessions('agents').sum('succeeded')).toBe(3); // at 0, 1 and 2 s
    expect(kept.block('pass').failures('timeout')).toBe(2);
    expect(kept.station('door').counter(0)).toBe(3);
  });

  test('the duration of a use passes after the door', () => {
    const kept = playBurst({ onLimit: 'wait', burst: 1 }, [{ use: 'door', forSec: 10 }], 3);
    expect(kept.sessions('agents').samples('responseSec').mean).toBeCloseTo(11, 6);
  });
});
