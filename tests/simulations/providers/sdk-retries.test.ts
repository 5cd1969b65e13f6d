import { describe, expect, test } from 'vitest';
import { retryPresetNames, retryPresets } from '@/simulations/providers/sdk-retries';
import { Retry } from '@/simulations/scenario/policy';

describe('retryPresets', () => {
  test.each(retryPresetNames)(
    '%s is a retry that a scenario names, and says what it was read off',
    (preset) => {
      const { retry, readOn, source, readings } = retryPresets[preset];
      expect(Retry.parse({ preset })).toEqual(retry);
      expect(Retry.parse(Retry.parse({ preset }))).toEqual(retry);
      expect(readOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(source).not.toBe('');
      expect(readings.length).toBeGreaterThan(0);
    },
  );

  test('fields given win over a preset, and a delay stands instead of its backoff', () => {
    expect(Retry.parse({ preset: 'temporal', attempts: 5 })).toEqual({
      ...retryPresets.temporal.retry,
      attempts: 5,
    });
    expect(Retry.parse({ preset: 'temporal', delaySec: 3 })).toEqual({
      attempts: 'unlimited',
      delaySec: 3,
    });
  });

  test.each([
    { given: {}, message: /Say attempts, or name a preset/ },
    { given: { preset: 'nobody' }, message: /anthropic-sdk/ },
  ])('$given is refused', ({ given, message }) => {
    expect(Retry.safeParse(given).error?.message).toMatch(message);
  });

  test('the delays of the language model libraries are ½ and 1 s, and never above 8 s', () => {
    const { attempts, backoff } = retryPresets['anthropic-sdk'].retry;
    const delaySec = (failures: number) =>
      Math.min(backoff.capSec, backoff.baseSec * backoff.factor ** (failures - 1));
    expect(Array.from({ length: attempts - 1 }, (_, i) => delaySec(i + 1))).toEqual([0.5, 1]);
    expect(delaySec(10)).toBe(8);
  });
});
