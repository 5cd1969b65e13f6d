import { describe, expect, test } from 'vitest';
import { prepareUtilization } from '@/lib/charts/prepare-utilization';
import { loadPoint } from './example-run';

describe('prepareUtilization', () => {
  test.each([
    [0.5, 'calm'],
    [0.86, 'near'],
    [0.97, 'full'],
  ] as const)('a mean of %d is %s', (utilization, tone) => {
    expect(prepareUtilization(loadPoint(80, 1, utilization), 20).bars[0]?.tone).toBe(tone);
  });

  test('a closed form above 1 keeps its number and is drawn full', () => {
    const load = { ...loadPoint(80, 1, 1), analytic: { utilization: 1.4, waitSecMean: null } };
    const bar = prepareUtilization(load, 20).bars.find((item) => item.isModelled);
    expect(bar?.share).toBe(1);
    expect(bar?.label).toContain('140');
  });
});
