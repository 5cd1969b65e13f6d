import { describe, expect, test } from 'vitest';
import { type FixtureCall, soundSession, soundSet, soundSystem } from '../evidence-fixture';
import { check, sessionsOf, withSystem } from './check-fixture';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('LOAD-01', () => {
  test('199 sessions are too few and 200 are not', () => {
    expect(check('LOAD-01', { set: sessionsOf(soundSession, 199) }).status).toBe('fail');
    expect(check('LOAD-01', { set: sessionsOf(soundSession, 200) }).status).toBe('warn');
  });

  test('200 sessions within a day are too few hours', () => {
    const set = soundSet();
    const calls = {
      ...set.calls,
      startMs: new Float64Array(set.calls.length),
      endMs: new Float64Array(set.calls.length),
    };
    const result = check('LOAD-01', {
      set: { ...set, calls },
      dataQuality: { sessions: 200, firstCallAt: null, lastCallAt: null },
    });
    expect(result).toMatchObject({ status: 'fail', reason: 'sample_too_small' });
  });

  test.each([
    { tracesAreComplete: true, says: 'declared to be all sessions' },
    { tracesAreComplete: false, says: 'declared to be a sample' },
  ])('sampling is known: $says', ({ tracesAreComplete, says }) => {
    const declared = withSystem({ tracesAreComplete });
    const result = check('LOAD-01', declared);
    expect(result.status).toBe('pass');
    expect(result.detail).toContain(says);
    expect(check('LOAD-01', { ...declared, set: sessionsOf(soundSession, 199) }).status).toBe(
      'fail',
    );
    const dataQuality = { sessions: 200, firstCallAt: null, lastCallAt: '2026-01-01T00:00:00Z' };
    expect(check('LOAD-01', { ...declared, dataQuality }).status).toBe('warn');
  });

  test('a sample counts the sessions of the whole store', () => {
    const set = { ...sessionsOf(soundSession, 30), sessionsInStore: 5_000 };
    expect(check('LOAD-01', { set }).observed?.value).toBe(5_000);
    expect(check('LOAD-01', { set }).status).toBe('warn');
  });
});

describe('LOAD-05', () => {
  const slow = (sec: number, change: Partial<FixtureCall> = {}): readonly FixtureCall[] => [
    ...soundSession,
    { kind: 'tool', startSec: 20, endSec: 20 + sec, tool: 'browse', digest: 'b', ...change },
  ];

  test('a finished call past 30 s proves that nothing cuts it off, and is named', () => {
    const result = check('LOAD-05', { set: sessionsOf(slow(45)) });
    expect(result.status).toBe('fail');
    expect(plain(result.detail)).toBe('A call of browse took 45.0 s, past 30.0 s.');
  });

  test('a call past its declared timeout contradicts the declaration', () => {
    const declaredTimeoutsSec = { ...soundSystem.declaredTimeoutsSec, browse: 10 };
    const result = check('LOAD-05', {
      set: sessionsOf(slow(12)),
      ...withSystem({ declaredTimeoutsSec }),
    });
    expect(result.status).toBe('fail');
  });

  test('without slow calls, what is not declared is listed', () => {
    const result = check('LOAD-05', { set: sessionsOf(slow(5)) });
    expect(result).toMatchObject({ status: 'unknown', reason: 'not_declared' });
    expect(result.detail).toContain('browse');
    expect(result.detail).not.toContain('postgres');
  });

  test('a declared timeout above 30 s is not a pass', () => {
    const declaredTimeoutsSec = { ...soundSystem.declaredTimeoutsSec, browse: 120 };
    const result = check('LOAD-05', {
      set: sessionsOf(slow(45)),
      ...withSystem({ declaredTimeoutsSec }),
    });
    expect(result.status).toBe('warn');
  });

  test('declared timeouts without one timed call are unknown', () => {
    const untimed = soundSession.map(({ startSec, endSec, ...call }) => call);
    expect(check('LOAD-05', { set: sessionsOf(untimed) }).status).toBe('unknown');
  });

  test('a name like a built-in property is not taken for a declaration', () => {
    const result = check('LOAD-05', { set: sessionsOf(slow(5, { tool: 'constructor' })) });
    expect(result.status).toBe('unknown');
  });
});
