import { calcPrice, waitForUpdate } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPriceBook, standardPriceBook } from '@/lib/cost/create-price-book';
import type { PriceBook } from '@/lib/cost/price-book';
import { standardSources } from '@/lib/cost/price-override';
import { corrections } from '@/lib/cost/prices/corrections';
import { installedProviders } from '@/lib/cost/prices/installed-base';
import { type DataModel, parsePriceProviders } from '@/lib/cost/prices/price-data';
import { hasSharedData } from '../shared-traces';
import { readPriceText } from './shared-prices';

const { findUnitPrices } = standardPriceBook;

/** A book whose base holds these models of one vendor. */
function bookOf(models: readonly Pick<DataModel, 'id' | 'match' | 'prices'>[]) {
  const providers = [{ id: 'v', model_match: { contains: 'm' }, models }];
  const baseData = { name: 'own', version: '1', date: '2026-06-01', providers };
  return createPriceBook({ ...standardSources, baseData });
}

describe('the installed base', () => {
  test('holds every provider of the package, in its order', async () => {
    const providers = (await waitForUpdate()) ?? [];
    expect(installedProviders().map(({ id }) => id)).toEqual(providers.map(({ id }) => id));
  });

  test('passes the checks that a file has to pass', () => {
    const parsed = parsePriceProviders(JSON.parse(JSON.stringify(installedProviders())));
    expect(parsed).toHaveProperty('providers');
  });

  test('brought in as a file it gives the same prices', () => {
    const providers = JSON.parse(JSON.stringify(installedProviders()));
    const { name, version, date } = standardPriceBook.identity;
    const book = createPriceBook({
      ...standardSources,
      baseData: { name, version, date, providers },
    });
    // Data that is brought in is not known to be behind, so what is corrected in the installed is not.
    const corrected = corrections.flatMap(({ providerId, modelIds }) =>
      modelIds.map((id) => `${providerId}/${id}`),
    );
    const list = ({ listUnitPrices }: PriceBook) =>
      listUnitPrices(Date.UTC(2026, 9, 1)).filter(
        ({ providerId, modelId }) => !corrected.includes(`${providerId}/${modelId}`),
      );
    expect(list(book)).toHaveLength(standardPriceBook.listUnitPrices(null).length - 2);
    expect(list(book)).toEqual(list(standardPriceBook));
  });

  test('has the prices in force that the package itself finds, at any minute', () => {
    const histories = installedProviders().flatMap((provider) =>
      provider.models
        .filter(({ prices }) => Array.isArray(prices))
        .map((model) => ({ providerId: provider.id, model: model.id })),
    );
    expect(histories.length).toBeGreaterThan(10);
    const minutes = fc.integer({
      min: Date.UTC(2024, 0) / 60_000,
      max: Date.UTC(2027, 6) / 60_000,
    });
    fc.assert(
      fc.property(fc.constantFrom(...histories), minutes, ({ providerId, model }, minute) => {
        const atMs = minute * 60_000;
        const expected = calcPrice({}, model, { providerId, timestamp: new Date(atMs) });
        const found = findUnitPrices({ providerName: providerId, model, atMs });
        const price = expected?.model_price.input_mtok;
        const base = typeof price === 'object' ? price.base : price;
        const isSame = found?.providerId === providerId && found.modelId === expected?.model.id;
        const isCorrected = found?.input?.source.layer === 'supplement';
        fc.pre(isSame && base !== undefined && !isCorrected);
        expect(found?.input?.basePicoUsd).toBe(Math.round((base ?? Number.NaN) * 1e6));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a version', () => {
  const known = ['claude-opus-4-5', 'claude-sonnet-4-5', 'gpt-5.4', 'gpt-4.1', 'gemini-2.5-pro'];
  const suffix = fc.tuple(fc.constantFrom('-', '.'), fc.integer({ min: 0, max: 99 }));

  test('is never taken for a shorter one: one or two digits more are another model', () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), suffix, (model, [separator, version]) => {
        const name = `${model}${separator}${version}`;
        const found = findUnitPrices({ providerName: null, model: name, atMs: null });
        const spelled = (text: string) => text.replaceAll('.', '-');
        if (found !== null) expect(spelled(found.modelId)).toContain(spelled(name));
      }),
    );
  });

  const named = [...known, 'gpt-5-nano', 'deepseek-chat', 'deepseek-r1', 'claude-opus-4-8'];
  const mark = fc.constantFrom('-', '.');

  test('is never taken for one without it, be it a number or `v` and a number', () => {
    const version = fc.tuple(fc.constantFrom('', 'v'), fc.nat(99), fc.constantFrom('', '.1', '-1'));
    fc.assert(
      fc.property(fc.constantFrom(...named), mark, version, (model, separator, parts) => {
        const name = `${model}${separator}${parts.join('')}`;
        const found = findUnitPrices({ providerName: null, model: name, atMs: null });
        const spelled = (text: string) => text.replaceAll('.', '-');
        if (found !== null) expect(spelled(found.modelId)).toContain(spelled(name));
      }),
      { numRuns: 500 },
    );
  });

  test('with `fast` behind it has no standard price, unless the book lists it by that name', () => {
    const ending = fc.constantFrom('', '-20260101', '@20260101', '-2026-01-01', '-latest');
    fc.assert(
      fc.property(fc.constantFrom(...named), mark, ending, (model, separator, rest) => {
        const name = `${model}${separator}fast${rest}`;
        const found = findUnitPrices({ providerName: null, model: name, atMs: null });
        if (found === null || found.modelId.includes('fast')) return;
        expect(found.serviceTier).toBe('fast');
        expect(found.skuPriceId).toMatch(/\+fast$/);
      }),
      { numRuns: 300 },
    );
  });

  test('followed by digits without a separator is another model', () => {
    fc.assert(
      fc.property(fc.constantFrom(...known.slice(0, 4)), fc.nat(9), (model, digit) => {
        expect(
          findUnitPrices({ providerName: null, model: `${model}${digit}`, atMs: null }),
        ).toBeNull();
      }),
    );
  });

  test('may be followed by a day of eight digits, however a cloud writes it', () => {
    const day = fc
      .date({
        min: new Date('2024-01-01T00:00:00Z'),
        max: new Date('2026-12-31T00:00:00Z'),
        noInvalidDate: true,
      })
      .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));
    fc.assert(
      fc.property(day, fc.constantFrom('-', '@'), (date, separator) => {
        const model = `claude-opus-4-5${separator}${date}`;
        expect(findUnitPrices({ providerName: null, model, atMs: null })?.modelId).toBe(
          'claude-opus-4-5',
        );
      }),
    );
  });
});

describe('a price history', () => {
  const book = bookOf([
    {
      id: 'm-1',
      match: { equals: 'm-1' },
      prices: [
        { prices: { input_mtok: 1 } },
        { constraint: { start_date: '2026-03-01' }, prices: { input_mtok: 2 } },
        { constraint: { start_date: '2026-05-01' }, prices: { input_mtok: 3 } },
      ],
    },
    {
      id: 'm-night',
      match: { equals: 'm-night' },
      prices: [
        { prices: { input_mtok: 10 } },
        {
          constraint: { start_time: '22:00:00Z', end_time: '04:00:00Z' },
          prices: { input_mtok: 5 },
        },
      ],
    },
    {
      id: 'm-zone',
      match: { equals: 'm-zone' },
      prices: [
        { prices: { input_mtok: 10 } },
        {
          constraint: { start_time: '00:00:00+08:00', end_time: '01:00:00+08:00' },
          prices: { input_mtok: 5 },
        },
      ],
    },
  ]);
  const at = (model: string, time: string) =>
    book.findUnitPrices({ providerName: null, model, atMs: Date.parse(time) })?.input?.basePicoUsd;

  test('changes at midnight UTC and not a millisecond before', () => {
    expect(at('m-1', '2026-02-28T23:59:59.999Z')).toBe(1_000_000);
    expect(at('m-1', '2026-03-01T00:00:00.000Z')).toBe(2_000_000);
    expect(at('m-1', '2026-04-30T23:59:59.999Z')).toBe(2_000_000);
    expect(at('m-1', '2026-05-01T00:00:00.000Z')).toBe(3_000_000);
    expect(at('m-1', '1969-12-31T23:59:59.999Z')).toBe(1_000_000);
  });

  test('by time of day may span midnight, or be given in another zone', () => {
    expect(at('m-night', '2026-01-01T21:59:00Z')).toBe(10_000_000);
    expect(at('m-night', '2026-01-01T22:00:00Z')).toBe(5_000_000);
    expect(at('m-night', '2026-01-01T03:59:00Z')).toBe(5_000_000);
    expect(at('m-night', '2026-01-01T04:00:00Z')).toBe(10_000_000);
    expect(at('m-zone', '2026-01-01T16:00:00Z')).toBe(5_000_000);
    expect(at('m-zone', '2026-01-01T17:00:00Z')).toBe(10_000_000);
  });

  test('tells from which day the price holds, and what rule found it', () => {
    const prices = book.findUnitPrices({
      providerName: null,
      model: 'm-1',
      atMs: Date.parse('2026-04-01T00:00:00Z'),
    });
    expect(prices).toMatchObject({
      skuPriceId: 'v/m-1@2026-03-01',
      validFrom: '2026-03-01',
      input: {
        source: {
          layer: 'base',
          book: 'own 1',
          date: '2026-06-01',
          rule: 'equals "m-1"',
          url: null,
        },
      },
    });
  });

  test('a call without a time is priced as of the day of the base', () => {
    const undated = book.findUnitPrices({ providerName: null, model: 'm-1', atMs: null });
    expect(undated?.input?.basePicoUsd).toBe(3_000_000);
    const endless = { providerName: null, model: 'm-1', atMs: Number.POSITIVE_INFINITY };
    expect(book.findUnitPrices(endless)?.input?.basePicoUsd).toBe(3_000_000);
  });
});

test('books do not share what they found: the same name in two books has two prices', () => {
  const one = bookOf([{ id: 'm-1', match: { equals: 'm-1' }, prices: { input_mtok: 1 } }]);
  const two = bookOf([{ id: 'm-1', match: { equals: 'm-1' }, prices: { input_mtok: 2 } }]);
  const query = { providerName: null, model: 'm-1', atMs: null };
  expect(one.findUnitPrices(query)?.input?.basePicoUsd).toBe(1_000_000);
  expect(two.findUnitPrices(query)?.input?.basePicoUsd).toBe(2_000_000);
});

test('base data that is not valid makes no book', () => {
  const baseData = { name: 'own', version: '1', date: '2026-06-01', providers: [{ id: 'v' }] };
  expect(() => createPriceBook({ ...standardSources, baseData })).toThrow(RangeError);
});

test.runIf(hasSharedData())('the slim data file of August 2026 makes a book', () => {
  const providers = JSON.parse(readPriceText('genai-prices_v2_data_slim_2026-08-21.json'));
  const baseData = { name: 'genai-prices', version: 'v2', date: '2026-08-21', providers };
  const book = createPriceBook({ ...standardSources, baseData });
  expect(book.listUnitPrices(null)).toHaveLength(1_309);
  const query = { providerName: 'anthropic', model: 'claude-sonnet-5' };
  const at = (time: string) =>
    book.findUnitPrices({ ...query, atMs: Date.parse(time) })?.input?.basePicoUsd;
  expect(at('2026-08-31T23:59:59.999Z')).toBe(2_000_000);
  expect(at('2026-09-01T00:00:00Z')).toBe(3_000_000);
});
