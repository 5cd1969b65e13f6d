import { describe, expect, test } from 'vitest';
import { prepareCostLines } from '@/lib/charts/prepare-cost-lines';

function line(name: string, listCostUsd: number | null) {
  return { name, pricingQuantity: 100, listCostUsd, share: listCostUsd };
}

describe('prepareCostLines', () => {
  test('the dearest come first and unpriced ones last, never as $0', () => {
    const chart = prepareCostLines([line('unknown', null), line('a', 0.2), line('b', 0.8)]);
    expect(chart.bars.map((bar) => bar.name)).toEqual(['b', 'a', 'unknown']);
    expect(chart.bars[2]?.cost).toBe('unpriced');
    expect(chart.bars[2]?.share).toBeNull();
  });

  test('what is folded away still counts, and says how many it is', () => {
    const lines = Array.from({ length: 12 }, (_, i) => line(`m${i}`, i === 0 ? null : i / 66));
    const chart = prepareCostLines(lines, 5);
    expect(chart.shown).toBe(5);
    expect(chart.total).toBe(12);
    expect(chart.bars.at(-1)?.name).toBe('7 more, 1 of them unpriced');
    const shares = chart.bars.map((bar) => bar.share ?? 0);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  test('a fold of unpriced lines alone stays unpriced', () => {
    const chart = prepareCostLines([line('a', 1), line('b', null), line('c', null)], 1);
    expect(chart.bars.at(-1)?.cost).toBe('unpriced');
  });
});
