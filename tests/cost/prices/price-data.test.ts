import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardPriceBook } from '@/lib/cost/create-price-book';
import { readPriceFile } from '@/lib/cost/prices/books/read-price-file';
import { diffBooks } from '@/lib/cost/prices/diff-books';
import { matchesWildcard } from '@/lib/cost/prices/match-wildcard';
import { findExcess, parsePriceProviders } from '@/lib/cost/prices/price-data';

const fileOf = (model: object) => [
  { id: 'v', models: [{ id: 'm', match: { equals: 'm' }, prices: { input_mtok: 1 }, ...model }] },
];
const faultsOf = (value: unknown) => {
  const parsed = parsePriceProviders(value);
  return 'faults' in parsed ? parsed.faults : null;
};

describe('parsePriceProviders', () => {
  test('names the price that is wrong by its path, its provider and its model', () => {
    expect(faultsOf(fileOf({ prices: { input_mtok: -1 } }))?.[0]?.path).toBe(
      '0.models.0.prices.input_mtok (v/m)',
    );
  });

  test.each([
    ['a negative price', { prices: { input_mtok: -1 } }],
    ['NaN', { prices: { input_mtok: Number.NaN } }],
    ['infinity', { prices: { input_mtok: Number.POSITIVE_INFINITY } }],
    ['a price beyond sense', { prices: { input_mtok: 1e7 } }],
    ['a price as text', { prices: { input_mtok: '1' } }],
    [
      'a tier of a negative start',
      { prices: { input_mtok: { base: 1, tiers: [{ start: -1, price: 1 }] } } },
    ],
    ['a tier without a price', { prices: { input_mtok: { base: 1, tiers: [{ start: 1 }] } } }],
    ['an unknown rule', { match: { like: 'm' } }],
    ['a rule of two kinds', { match: { equals: 'm', contains: 'm' } }],
    ['an empty rule', { match: { starts_with: '' } }],
    ['a rule that takes exponential time', { match: { regex: '^(a+)+$' } }],
    ['a day that is none', { prices: [{ constraint: { start_date: '2026-02-30' }, prices: {} }] }],
    [
      'a time that is none',
      { prices: [{ constraint: { start_time: '25:00:00Z', end_time: '01:00:00Z' }, prices: {} }] },
    ],
    ['no prices at all', { prices: [] }],
    ['a window of no tokens', { context_window: 0 }],
  ])('%s is refused, with its path', (_, model) => {
    const faults = faultsOf(fileOf(model));
    expect(faults?.[0]?.path).toMatch(/^0\.models\.0\./);
    expect(faults?.[0]?.message).not.toBe('');
  });

  test.each([
    ['no list', { id: 'v' }],
    ['an empty list', []],
    ['null', null],
    ['a provider twice', [...fileOf({}), ...fileOf({})]],
  ])('%s is refused', (_, value) => {
    expect(faultsOf(value)).not.toBeNull();
  });

  test('deep nesting is refused before it is walked, whatever its depth', () => {
    const nested = (depth: number) => {
      let rule: object = { equals: 'm' };
      for (let i = 0; i < depth; i++) rule = { or: [rule] };
      return fileOf({ match: rule });
    };
    expect(faultsOf(nested(5))).toBeNull();
    expect(faultsOf(nested(100_000))?.[0]?.message).toContain('nested deeper');
    const text = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(readPriceFile(text).kind).toBe('faults');
  });

  test('more values than a book may have are refused', () => {
    expect(findExcess(Array.from({ length: 2_000_001 }, () => 0))?.message).toContain('more than');
    expect(findExcess(Array.from({ length: 1_000 }, () => 0))).toBeNull();
  });

  test('keys of an object’s prototype are data like any other, and change nothing', () => {
    const text = JSON.stringify(fileOf({})).replace(
      '"models"',
      '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"models"',
    );
    const parsed = readPriceFile(text);
    expect(parsed.kind).toBe('base');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('any JSON is either read or refused with a sentence', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const read = readPriceFile(text);
        if (read.kind === 'faults') expect(read.faults[0]?.message).toMatch(/\.$|[a-z]/i);
      }),
    );
  });
});

describe('matchesWildcard', () => {
  test('agrees with a regular expression made of the same pattern', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
    fc.assert(
      fc.property(letters, name, (pattern, text) => {
        const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text);
        expect(matchesWildcard(pattern, text)).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('diffBooks', () => {
  const listed = standardPriceBook.listUnitPrices(Date.UTC(2026, 8, 23)).slice(0, 40);

  test('a book has no difference from itself', () => {
    expect(diffBooks(listed, listed)).toEqual({ added: [], removed: [], changed: 0, prices: [] });
  });

  test('names what came, what went and what changed, the largest change first', () => {
    const priced = listed.filter(({ input, output }) => input !== null && output !== null);
    const [gone, small, large, ...rest] = priced;
    if (gone === undefined || small === undefined || large === undefined) throw new Error('few');
    const times = (prices: typeof small, by: number) => ({
      ...prices,
      input: prices.input && { ...prices.input, basePicoUsd: prices.input.basePicoUsd * by },
    });
    const added = { ...gone, modelId: 'brand-new' };
    const change = diffBooks(priced, [times(small, 2), times(large, 5), ...rest, added]);
    expect(change.removed).toEqual([`${gone.providerId}/${gone.modelId}`]);
    expect(change.added).toEqual([`${gone.providerId}/brand-new`]);
    expect(change.changed).toBe(2);
    expect(change.prices.map(({ model, part }) => [model, part])).toEqual([
      [large.modelId, 'input'],
      [small.modelId, 'input'],
    ]);
  });
});
