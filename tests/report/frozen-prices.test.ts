import { describe, expect, test } from 'vitest';
import type { UnitPrice, UnitPrices } from '@/lib/cost/unit-prices';
import { buildReport } from '@/lib/report/build-report';
import { canonicalJson } from '@/lib/report/canonical-json';
import type { FrozenPrices } from '@/lib/report/frozen-prices';
import { priceLines } from '@/lib/report/price-lines';
import { renderMarkdown } from '@/lib/report/render-markdown';
import { Report } from '@/lib/report/report';
import { makeCost } from '../readiness/evidence-fixture';
import { plainParts } from './report-parts';

const unitPrice = (picoUsd: number, change: Partial<UnitPrice> = {}): UnitPrice => ({
  basePicoUsd: picoUsd,
  tiers: [],
  source: {
    layer: 'base',
    book: 'a book 1.2',
    date: '2026-09-01',
    rule: 'equals "model|one"',
    url: null,
  },
  ...change,
});

const unitPrices: UnitPrices = {
  skuPriceId: 'vendor/model-one@2026-01-01',
  providerId: 'vendor',
  modelId: 'model-one',
  serviceTier: 'standard',
  validFrom: '2026-01-01',
  contextWindowTokens: null,
  input: unitPrice(3_000_000, {
    tiers: [{ start: 200_000, isInclusive: false, picoUsd: 6_000_000 }],
  }),
  cacheRead: unitPrice(300_000),
  cacheWrite5m: null,
  cacheWrite1h: unitPrice(75_000, {
    source: {
      layer: 'override',
      book: 'this project',
      date: '2026-10-01',
      rule: 'contract',
      url: null,
    },
  }),
  output: unitPrice(15_000_000),
  reasoning: unitPrice(15_000_000),
};

const frozen: FrozenPrices = {
  book: { name: 'a book', version: '1.2', date: '2026-09-01' },
  isCurrent: true,
  models: [
    {
      providerName: 'vendor',
      model: 'model|one',
      serviceTier: null,
      calls: 40,
      tokens: 1_000,
      firstCallAt: '2026-10-02T00:00:00.000Z',
      lastCallAt: '2026-10-03T00:00:00.000Z',
      prices: unitPrices,
    },
    {
      providerName: null,
      model: 'nobody knows it',
      serviceTier: 'flex',
      calls: 2,
      tokens: 77,
      firstCallAt: null,
      lastCallAt: null,
      prices: null,
    },
  ],
  modelsTotal: 3,
};

describe('the prices of a report', () => {
  test('are kept to the last digit, with where each comes from', () => {
    const text = canonicalJson(
      buildReport({ ...plainParts, prices: frozen, listCostUsdMax: 12.5 }),
    );
    const opened = Report.parse(JSON.parse(text));
    expect(opened.prices).toEqual(frozen);
    expect(opened.listCostUsdMax).toBe(12.5);
    expect(canonicalJson(opened)).toBe(text);
  });

  test('may be absent: a report from before opens, with the same bytes', () => {
    const text = canonicalJson(buildReport(plainParts));
    expect(text).not.toContain('"prices"');
    const opened = Report.parse(JSON.parse(text));
    expect(canonicalJson(opened)).toBe(text);
    expect(priceLines(opened.prices)).toEqual([]);
    expect(renderMarkdown(opened)).not.toContain('## Prices');
  });

  test('stand under what they are: those that were used, or those of the book without them', () => {
    const inForce = 'in force when the calls were made';
    const used = priceLines(frozen).join('\n');
    expect(used).toContain('## Prices that were used\n');
    expect(used).toContain(inForce);
    expect(used).not.toContain('re-price first');
    const stale = priceLines({ ...frozen, isCurrent: false }).join('\n');
    const table = stale.indexOf('| Model');
    expect(stale).not.toContain('## Prices that were used');
    expect(stale).not.toContain(inForce);
    for (const words of [
      'not those that were used',
      'stored with earlier prices',
      're-price first',
    ]) {
      expect(stale.indexOf(words), words).toBeGreaterThan(-1);
      expect(stale.indexOf(words), words).toBeLessThan(table);
    }
  });

  test('are printed with tier, layer, book, date and rule, and an unpriced model as such', () => {
    const lines = priceLines(frozen);
    const text = lines.join('\n');
    const row = lines.find((line) => line.startsWith('| model'));
    expect(row).toContain(String.raw`\$3.00; \$6.00 above 200,000`);
    expect(row).toContain(String.raw`\$0.075`);
    // An absent price is no zero, and a bar in a name ends no cell.
    expect(
      row
        ?.replaceAll(String.raw`\|`, '')
        .split('|')
        .map((cell) => cell.trim())[5],
    ).toBe('—');
    expect(row).toContain(String.raw`model\|one`);
    expect(text).toContain('Cache write, 1 h: this project of 2026-10-01, contract');
    expect(text).toMatch(/Input, cache read, output, reasoning: a book 1\.2 of 2026-09-01, equals/);
    expect(text).toContain('nobody knows it, flex: no price is known');
    expect(text).toContain('and 1 further model');
  });

  test('show the upper end of the total only where it is one', () => {
    const { listCostUsd } = makeCost();
    const textOf = (listCostUsdMax: number | null) =>
      renderMarkdown(buildReport({ ...plainParts, listCostUsdMax }));
    expect(textOf(listCostUsd + 1)).toContain('unknown time to live last an hour');
    for (const none of [listCostUsd, null]) {
      expect(textOf(none)).not.toContain('unknown time to live last an hour');
    }
  });
});
