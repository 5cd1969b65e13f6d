import type { z } from 'zod';
import {
  type CompareFiles,
  type ComparisonQuery,
  PriceComparison,
  pricesPerPage,
} from '../contracts/prices';
import {
  comparableBook,
  comparableEntries,
  compareBooks,
} from '../cost/prices/books/compare-books';
import { listKeptBooks } from '../db/price-data-store';
import { readSharedBook } from '../jobs/price-sources';
import { readComparisonBook } from './take-price-data';

/** Where the book in use, those that are kept and those of some files disagree, one page of it. */
export async function loadPriceComparison(
  query: z.output<typeof ComparisonQuery>,
  files: CompareFiles['files'] = [],
): Promise<PriceComparison> {
  const others = files.map(({ name, text }) =>
    readComparisonBook(new TextEncoder().encode(text), { name }),
  );
  const names = new Set(others.map(({ name }) => name));
  const kept = [...(await listKeptBooks()).filter(({ name }) => !names.has(name)), ...others];
  const { book } = await readSharedBook();
  const { name, version, date } = book.identity;
  const inUse = comparableBook(`${name} ${version}`, book, Date.now());
  const books = [inUse, ...kept.map((one) => comparableEntries(one.name, one.entries))];
  const models = kept.length === 0 ? [] : compareBooks(books);
  const disagreed = models.filter((one) => !one.isAgreed);
  const text = (query.q ?? '').trim().toLowerCase();
  const found = (query.only === 'all' ? models : disagreed).filter(({ providerId, model }) =>
    `${providerId}/${model}`.includes(text),
  );
  const start = (query.page - 1) * pricesPerPage;
  return PriceComparison.parse({
    books: [
      { name: inUse.name, version, date, models: inUse.entries.length, isInUse: true },
      ...kept.map((one) => ({
        name: one.name,
        version: one.format,
        date: one.date,
        models: one.entries.length,
        isInUse: false,
      })),
    ],
    modelsCompared: models.length,
    modelsDisagreed: disagreed.length,
    pricesDisagreed: disagreed.reduce(
      (sum, { prices }) => sum + prices.filter((one) => !one.isAgreed).length,
      0,
    ),
    models: found.slice(start, start + pricesPerPage),
    modelsTotal: found.length,
    page: query.page,
    pages: Math.max(1, Math.ceil(found.length / pricesPerPage)),
  });
}
