import { describe, expect, test } from 'vitest';
import { makeSessionSet, soundSession } from '../evidence-fixture';
import { check, sessionsOf } from './check-fixture';

describe('OBS-01', () => {
  test('the weakest field decides and is listed first', () => {
    const anonymous = soundSession.map((call) => ({ ...call, principal: null }));
    const result = check('OBS-01', { set: sessionsOf(anonymous) });
    expect(result.status).toBe('fail');
    expect(result.evidence).toHaveLength(7);
    expect(result.evidence[0]?.label).toBe('Calls with identity');
    expect(result.observed?.value).toBe(0);
  });

  test('two of 800 calls without input are within 99 %', () => {
    const [first, ...rest] = soundSession;
    if (first === undefined) throw new Error('The fixture has calls.');
    const bare = [{ ...first, hasInput: false }, ...rest];
    const set = makeSessionSet(
      Array.from({ length: 200 }, (_, s) => (s < 2 ? bare : soundSession)),
    );
    expect(check('OBS-01', { set }).status).toBe('pass');
  });
});
