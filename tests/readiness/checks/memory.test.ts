import { describe, expect, test } from 'vitest';
import { type FixtureCall, soundSession } from '../evidence-fixture';
import { check, sessionsOf, withSystem } from './check-fixture';

describe('MEM-10', () => {
  const withWindow = (tokens: number) => withSystem({ contextWindowTokens: { 'model-a': tokens } });

  test.each([
    { window: 100_000, status: 'pass', because: '1,200 of 100,000 tokens' },
    { window: 1_499, status: 'fail', because: 'P95 above 80 %' },
    { window: 1_000, status: 'fail', because: 'prompts above the window' },
  ])('$status: $because', ({ window, status }) => {
    expect(check('MEM-10', withWindow(window)).status).toBe(status);
  });

  test('a model without a window is named', () => {
    const result = check('MEM-10', withSystem({ contextWindowTokens: {} }));
    expect(result).toMatchObject({ status: 'unknown', reason: 'not_declared' });
    expect(result.detail).toContain('model-a');
  });

  test('the window of the price book is used where none is declared', () => {
    const result = check('MEM-10', {
      ...withSystem({ contextWindowTokens: {} }),
      contextWindowTokens: () => 100_000,
    });
    expect(result.status).toBe('pass');
  });

  test('usage on too few calls fails, and on none is unknown', () => {
    const noUsage: FixtureCall = { kind: 'model', startSec: 11, endSec: 12 };
    expect(check('MEM-10', { set: sessionsOf([...soundSession, noUsage]) }).status).toBe('fail');
    expect(check('MEM-10', { set: sessionsOf([noUsage]) }).status).toBe('unknown');
  });
});
