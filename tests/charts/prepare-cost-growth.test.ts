import { describe, expect, test } from 'vitest';
import { describeGrowth, prepareCostGrowth } from '@/lib/charts/prepare-cost-growth';
import type { GrowthFit, GrowthPoint } from '@/lib/cost/cost-model';

const coverage = {
  sessions: 40,
  sessionsInStore: 40,
  modelCalls: 800,
  unpricedCalls: 0,
  unpricedTokens: 0,
  usageMissingCalls: 0,
  recordedCostCalls: 0,
  priceBook: { name: 'book', version: '1', date: '2026-11-20' },
};

const growth: GrowthFit = {
  tokensPerCall: 2_350,
  interval95: [2_180, 2_510],
  tokensPerCallUnsegmented: 1_900,
  exponent: 1.95,
  exponentInterval95: [1.86, 2.04],
  rSquared: 0.9,
  calls: 800,
  segments: 44,
  contextResets: 4,
};

function point(call: number, isExtrapolated: boolean): GrowthPoint {
  const usd = 0.001 * call * call;
  return {
    call,
    sessions: isExtrapolated ? 4 : 40,
    costUsd: { p10: usd * 0.5, p25: usd * 0.8, p50: usd, p75: usd * 1.2, p90: usd * 1.7 },
    promptTokensMean: 2_000 * call,
    resentTokensMean: 2_000 * (call - 1),
    isExtrapolated,
  };
}

function curve(observed: number, total: number): GrowthPoint[] {
  return Array.from({ length: total }, (_, i) => point(i + 1, i >= observed));
}

describe('prepareCostGrowth', () => {
  test('nothing to draw is null, not an empty chart', () => {
    expect(prepareCostGrowth({ growthCurve: [], growth: null, coverage })).toBeNull();
  });

  test('shows at most half as much again as was observed', () => {
    const chart = prepareCostGrowth({ growthCurve: curve(20, 400), growth, coverage });
    expect(chart?.observedCalls).toBe(20);
    expect(chart?.lastCall).toBe(30);
    expect(chart?.points.at(-1)?.call).toBe(30);
    expect(chart?.usdTicks.at(-1)).toBeGreaterThanOrEqual(0.001 * 30 * 30 * 1.7);
  });

  test('thins long curves and keeps the first call, the last and the end of what was observed', () => {
    const chart = prepareCostGrowth({ growthCurve: curve(1_234, 1_500), growth, coverage });
    const calls = chart?.points.map((p) => p.call) ?? [];
    expect(calls.length).toBeLessThanOrEqual(201);
    expect([calls[0], calls.at(-1)]).toEqual([1, 1_500]);
    expect(calls).toContain(1_234);
  });

  test('bars cover every call once and add up to the prompts', () => {
    const chart = prepareCostGrowth({ growthCurve: curve(130, 130), growth, coverage });
    const bars = chart?.bars ?? [];
    expect(bars.length).toBeLessThanOrEqual(40);
    let next = 1;
    let tokens = 0;
    for (const bar of bars) {
      expect(bar.fromCall).toBe(next);
      next = bar.toCall + 1;
      tokens += (bar.newTokens + bar.resentTokens) * (bar.toCall - bar.fromCall + 1);
    }
    expect(next).toBe(131);
    expect(tokens).toBeCloseTo((2_000 * 130 * 131) / 2, 3);
  });

  test('says how growth was measured, with its interval, and where observation ends', () => {
    const chart = prepareCostGrowth({ growthCurve: curve(20, 40), growth, coverage });
    expect(chart?.method).toContain('2,350 tokens longer');
    expect(chart?.method).toContain('2,180 to 2,510');
    expect(chart?.method).toContain('Past 20 calls fewer than ten sessions');
    expect(chart?.table.rows).toHaveLength(30);
  });
});

describe('describeGrowth claims no more than the interval allows', () => {
  test.each([
    [[1.86, 2.04], 'square'],
    [[1.3, 1.7], 'faster than its length'],
    [[0.97, 1.05], 'in step'],
    [[0.9, 2.1], 'Too few'],
    [[0.4, 0.7], 'more slowly'],
  ] as const)('%j', ([low, high], words) => {
    const fit = { ...growth, exponent: (low + high) / 2, exponentInterval95: [low, high] as const };
    expect(describeGrowth({ ...fit, exponentInterval95: [low, high] })).toContain(words);
  });

  test('no exponent, no claim', () => {
    expect(describeGrowth({ ...growth, exponent: null })).not.toMatch(/grows/);
    expect(describeGrowth(null)).not.toMatch(/grows/);
    expect(describeGrowth({ ...growth, exponentInterval95: null })).toMatch(/too few sessions/);
  });
});
