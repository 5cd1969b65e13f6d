import { describe, expect, test } from 'vitest';
import { type FixtureCall, soundSession } from '../evidence-fixture';
import { check, sessionsOf, withSystem } from './check-fixture';

describe('BLAST-10', () => {
  const repeat = (digests: readonly string[]): readonly FixtureCall[] => [
    ...soundSession,
    ...digests.map((digest, index) => ({
      kind: 'tool' as const,
      startSec: 20 + index,
      endSec: 20.5 + index,
      tool: 'poll',
      digest,
    })),
  ];

  test.each([
    { calls: 'xxxxx', status: 'fail', because: 'five times the same call' },
    { calls: 'xxxx', status: 'pass', because: 'four times is below the limit' },
    { calls: 'xyxyxyxyxy', status: 'fail', because: 'a cycle of two, five times' },
    { calls: 'xyzxyzxyzxyzxyz', status: 'fail', because: 'a cycle of three, five times' },
    { calls: 'xxyxxyxx', status: 'pass', because: 'repeats that move on' },
  ])('$calls: $because', ({ calls, status }) => {
    expect(check('BLAST-10', { set: sessionsOf(repeat([...calls])) }).status).toBe(status);
  });

  test('no loop and no declared cap is not known', () => {
    expect(check('BLAST-10', withSystem({ maxStepsPerSession: null }))).toMatchObject({
      status: 'unknown',
      reason: 'not_declared',
    });
  });

  test('a session above the cap fails', () => {
    expect(check('BLAST-10', withSystem({ maxStepsPerSession: 1 })).status).toBe('fail');
  });

  test('tool calls without arguments cannot be compared', () => {
    const set = sessionsOf(soundSession.map(({ digest, ...call }) => call));
    expect(check('BLAST-10', { set })).toMatchObject({
      status: 'unknown',
      reason: 'not_observable',
    });
  });
});
