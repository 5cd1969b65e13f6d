import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantileOverSessions, shareOverSessions } from '@/lib/stats/over-sessions';

describe('shareOverSessions', () => {
  test('with one call a session it is the binomial interval: p ± 1.96·√(p(1−p)/(n−1))', () => {
    const n = 401;
    const parts = Float64Array.from({ length: n }, (_, s) => (s % 4 === 0 ? 1 : 0));
    const share = 101 / n;
    const reach = 1.959963984540054 * Math.sqrt((share * (1 - share)) / (n - 1));
    const result = shareOverSessions(parts, new Float64Array(n).fill(1));
    expect(result?.share).toBeCloseTo(share, 12);
    expect(result?.interval95?.[0]).toBeCloseTo(share - reach, 12);
    expect(result?.interval95?.[1]).toBeCloseTo(share + reach, 12);
  });

  test('calls that repeat their session add nothing to what is known', () => {
    const parts = Float64Array.from({ length: 100 }, (_, s) => (s % 10 === 0 ? 1 : 0));
    const once = shareOverSessions(parts, new Float64Array(100).fill(1));
    const often = shareOverSessions(
      parts.map((part) => part * 50),
      new Float64Array(100).fill(50),
    );
    expect(often?.interval95?.[1]).toBeCloseTo(once?.interval95?.[1] ?? Number.NaN, 12);
  });

  test('nothing to share is null, and below 20 sessions there is no interval', () => {
    expect(shareOverSessions(new Float64Array(30), new Float64Array(30))).toBeNull();
    const few = shareOverSessions(new Float64Array(19), new Float64Array(19).fill(1));
    expect(few).toEqual({ share: 0, interval95: null, sessions: 19 });
  });

  test('the interval holds the share and stays in [0, 1]', () => {
    const session = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 50 }),
    );
    fc.assert(
      fc.property(fc.array(session, { minLength: 20, maxLength: 60 }), (sessions) => {
        const wholes = Float64Array.from(sessions, ([, size]) => size);
        const parts = Float64Array.from(sessions, ([share, size]) => share * size);
        const result = shareOverSessions(parts, wholes);
        if (result === null || result.interval95 === null) return;
        const [low, high] = result.interval95;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(result.share + 1e-12);
        expect(high).toBeGreaterThanOrEqual(result.share - 1e-12);
      }),
    );
  });
});

describe('quantileOverSessions', () => {
  test('is the type 7 quantile, and its interval brackets it', () => {
    const values = Array.from({ length: 1_001 }, (_, i) => i);
    const result = quantileOverSessions(
      values,
      values.map((value) => value % 100),
      100,
      0.95,
    );
    expect(result?.value).toBeCloseTo(950, 9);
    expect(result?.max).toBe(1_000);
    expect(result?.interval95?.[0]).toBeLessThan(950);
    expect(result?.interval95?.[1]).toBeGreaterThan(950);
  });

  test('without calls there is none', () => {
    expect(quantileOverSessions([], [], 0, 0.95)).toBeNull();
  });
});
