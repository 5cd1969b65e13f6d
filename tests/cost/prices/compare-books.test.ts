import { describe, expect, test } from 'vitest';
import { createPriceBook } from '@/lib/cost/create-price-book';
import { standardSources } from '@/lib/cost/price-override';
import {
  type ComparableBook,
  comparableBook,
  comparableEntries,
  compareBooks,
} from '@/lib/cost/prices/books/compare-books';
import { readPriceFile } from '@/lib/cost/prices/books/read-price-file';
import { hasSharedData } from '../shared-traces';
import { readPriceText } from './shared-prices';

const asOfMs = Date.UTC(2026, 7, 22);

function readBook(name: string, file: string): ComparableBook {
  const read = readPriceFile(readPriceText(file));
  if (read.kind !== 'book') throw new Error(`${file} is no book to compare with.`);
  return comparableEntries(name, read.book.entries);
}

/** The base of August 2026 without our supplement's prices in the way. */
function readBase(): ComparableBook {
  const read = readPriceFile(readPriceText('genai-prices_v2_data_slim_2026-08-21.json'));
  if (read.kind !== 'base') throw new Error('The base is not valid.');
  const { providers } = read;
  const baseData = { name: 'genai-prices', version: 'v2', date: '2026-08-21', providers };
  return comparableBook('genai', createPriceBook({ ...standardSources, baseData }), asOfMs);
}

describe('compareBooks', () => {
  test('models that two books list are compared price by price, within rounding', () => {
    const entry = (input: number, output: number, cacheRead?: number) => ({
      providerId: 'v',
      model: 'm',
      prices: { input, output, ...(cacheRead === undefined ? {} : { cacheRead }) },
    });
    const [model, ...others] = compareBooks([
      comparableEntries('a', [entry(1_000_000, 4_000_000, 7)]),
      comparableEntries('b', [entry(1_000_900, 8_000_000)]),
      comparableEntries('c', [{ ...entry(1, 1), model: 'other' }]),
    ]);
    expect(others).toEqual([]);
    expect(model).toMatchObject({ providerId: 'v', model: 'm', isAgreed: false });
    expect(model?.prices).toEqual([
      {
        part: 'input',
        values: [
          { book: 'a', picoUsd: 1_000_000 },
          { book: 'b', picoUsd: 1_000_900 },
        ],
        lowPicoUsd: 1_000_000,
        highPicoUsd: 1_000_900,
        ratio: 1.0009,
        isAgreed: true,
      },
      expect.objectContaining({ part: 'output', ratio: 2, isAgreed: false }),
    ]);
  });

  test('a price of zero in one book and not in another has no ratio and is no agreement', () => {
    const entry = (input: number) => ({ providerId: 'v', model: 'm', prices: { input } });
    const [model] = compareBooks([
      comparableEntries('a', [entry(0)]),
      comparableEntries('b', [entry(5)]),
    ]);
    expect(model?.prices[0]).toMatchObject({ ratio: null, isAgreed: false });
  });
});

describe.runIf(hasSharedData())('the books of August 2026', () => {
  const langfuse = readBook('langfuse', 'langfuse-default-model-prices_2026-08-22.json');
  const books = [
    readBase(),
    readBook('litellm', 'litellm-model_prices_2026-08-01.json'),
    langfuse,
    readBook('models.dev', 'models.dev_selected-providers_compiled_2026-07-02.json'),
  ];
  const named = new Set(
    langfuse.entries
      .map(({ model }) => model)
      .filter((model) => /^(?:claude|gpt|o\d|gemini)/.test(model)),
  );
  const vendors = new Set(['anthropic', 'openai', 'google']);
  const compared = compareBooks(books).filter(
    ({ providerId, model }) => vendors.has(providerId) && named.has(model),
  );

  test('names of Claude, GPT, o and Gemini models, and those that two books hold', () => {
    expect(named.size).toBe(138);
    // The number is that of plain matching by the books' own rules, of which ours differ in four
    // names: two are found without their `-latest`; claude-2.0 and claude-2.1 are not, since the
    // base has them under the prefix of claude-2 only, which is another version.
    expect(new Set(compared.map(({ model }) => model)).size).toBe(127);
  });

  test('seven models have fourteen base prices on which the books disagree', () => {
    const disagreed = compared
      .filter(({ isAgreed }) => !isAgreed)
      .map(({ model, prices }) => [model, prices.filter((one) => !one.isAgreed)] as const);
    const partsOf = new Map(
      disagreed.map(([model, prices]) => [model, prices.map(({ part }) => part)]),
    );
    // What the count leaves out, being no base price or no name as it stands: two prices of an
    // hour that one book gives as six dollars for every old Claude model, and the name above.
    expect(partsOf.get('claude-3-opus-20240229')).toEqual(['cacheWrite1h']);
    expect(partsOf.get('claude-3-haiku-20240307')).toEqual(['cacheWrite1h']);
    expect(partsOf.get('gemini-1.0-pro-latest')).toEqual(['input', 'output']);
    for (const model of ['claude-3-opus-20240229', 'claude-3-haiku-20240307'])
      partsOf.delete(model);
    partsOf.delete('gemini-1.0-pro-latest');
    expect(Object.fromEntries(partsOf)).toEqual({
      'gpt-4o-2024-05-13': ['input', 'output'],
      'gpt-3.5-turbo-0301': ['input'],
      'gpt-3.5-turbo-16k': ['input', 'output'],
      'claude-3-sonnet-20240229': ['cacheWrite5m'],
      'gemini-1.5-pro-latest': ['input', 'output'],
      'gemini-2.0-flash-001': ['input', 'output', 'cacheRead'],
      'gemini-3.6-flash': ['input', 'output', 'cacheRead'],
    });
    expect([...partsOf.values()].flat()).toHaveLength(14);
    const flash = disagreed.find(([model]) => model === 'gemini-3.6-flash')?.[1];
    expect(flash?.map(({ ratio }) => ratio)).toEqual([2, 2, 2]);
  });
});
