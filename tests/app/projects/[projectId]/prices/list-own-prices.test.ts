import { expect, test } from 'vitest';
import { listOwnPrices } from '@/app/projects/[projectId]/prices/list-own-prices';
import type { ModelAlias, PriceOverride } from '@/lib/cost/price-override';
import { writeCsv } from '@/lib/csv-text';

const override: PriceOverride = {
  overrideId: 'one',
  providerName: null,
  model: 'model-one*',
  effectiveFrom: '2026-10-01',
  effectiveTo: null,
  usdPerMtok: { input: 0, output: 12.345678 },
  discountShare: 0.12,
  note: '=HYPERLINK("x")',
  recordedOn: '2026-10-02',
};
const alias: ModelAlias = {
  aliasId: 'two',
  name: 'our deployment',
  providerName: 'vendor',
  model: 'model-two',
  note: '',
};

/** Cells of one row by the names in the header. */
function cellsOf(row: readonly unknown[] = [], header: readonly unknown[] = []) {
  return Object.fromEntries(header.map((name, index) => [name, row[index]]));
}

test('every override and alias is a row, and what is left to the book is empty and not zero', () => {
  const [header, first, second, ...more] = listOwnPrices({
    overrides: [override],
    aliases: [alias],
  });
  expect(more).toEqual([]);
  for (const row of [first, second]) expect(row).toHaveLength(header?.length ?? -1);
  expect(cellsOf(first, header)).toMatchObject({
    kind: 'override',
    name: 'model-one*',
    provider: null,
    effective_from: '2026-10-01',
    effective_to: null,
    input_usd_per_mtok: 0,
    cacheRead_usd_per_mtok: null,
    output_usd_per_mtok: 12.345678,
    discount_share: 0.12,
    recorded_on: '2026-10-02',
  });
  expect(cellsOf(second, header)).toMatchObject({
    kind: 'alias',
    name: 'our deployment',
    provider: 'vendor',
    stands_for: 'model-two',
    input_usd_per_mtok: null,
    discount_share: null,
  });
});

test('a note that a spreadsheet would run is text in the file', () => {
  const text = writeCsv(listOwnPrices({ overrides: [override], aliases: [] }));
  expect(text).toContain(`"'=HYPERLINK(""x"")"`);
});
