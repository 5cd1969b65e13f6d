import { describe, expect, test } from 'vitest';
import { retryPresets } from '@/simulations/providers/sdk-retries';
import { Retry } from '@/simulations/scenario/policy';

describe('retryPresets', () => {
  test.each(retryPresets)('$name is a retry that a scenario can state', ({ retry, readOn }) => {
    expect(Retry.parse(retry)).toEqual(retry);
    expect(readOn).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test('names are told once', () => {
    expect(new Set(retryPresets.map(({ name }) => name)).size).toBe(retryPresets.length);
  });
});
