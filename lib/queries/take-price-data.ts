import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { KeptBook, PriceDataChange, PriceDataQuery } from '../contracts/prices';
import { createPriceBook } from '../cost/create-price-book';
import { type PriceBookSources, standardSources } from '../cost/price-override';
import { comparableBook } from '../cost/prices/books/compare-books';
import type { ParsedBook } from '../cost/prices/books/parsed-book';
import { type PriceFile, readPriceFile } from '../cost/prices/books/read-price-file';
import { diffBooks } from '../cost/prices/diff-books';
import { keepBook, replaceBaseData, type StoredBook } from '../db/price-data-store';
import { readSharedSources } from '../db/price-store';
import { AppError } from '../errors';

type Query = z.output<typeof PriceDataQuery>;

const listedMax = 200;

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Day of the data: as given, as in the file's name, or today. */
function dateOf({ date, name }: Pick<Query, 'name' | 'date'>, now: Date): string {
  const today = now.toISOString().slice(0, 10);
  const [named] = /20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])/.exec(name) ?? [];
  const isRealDay =
    named !== undefined && new Date(`${named}T00:00:00Z`).toJSON().startsWith(named);
  return date ?? (isRealDay ? named : today);
}

function readFile(bytes: Uint8Array, name: string): Exclude<PriceFile, { kind: 'faults' }> {
  const file = readPriceFile(new TextDecoder().decode(bytes));
  if (file.kind !== 'faults') return file;
  throw new AppError(
    'unsupported_format',
    `'${name}' is no price data that can be used. The prices in use stay as they are.`,
    file.faults,
  );
}

/** What is in use; null where it was stored in a form that is not read any more. */
async function readBefore(): Promise<PriceBookSources | null> {
  try {
    return await readSharedSources();
  } catch (error) {
    if (error instanceof AppError && error.code === 'unsupported_format') return null;
    throw error;
  }
}

/** @param before null where it cannot be read: then nothing is said of what changes */
function describeChange(
  before: PriceBookSources | null,
  after: PriceBookSources,
  now: Date,
): Omit<PriceDataChange, 'sha256' | 'isStored'> {
  const next = createPriceBook(after);
  if (before === null) {
    const counts = { modelsAdded: null, modelsRemoved: null, modelsChanged: null };
    const lists = { addedModels: [], removedModels: [], changedPrices: [] };
    return { before: null, after: next.identity, ...counts, ...lists };
  }
  const old = createPriceBook(before);
  const at = now.getTime();
  const change = diffBooks(old.listUnitPrices(at), next.listUnitPrices(at));
  return {
    before: old.identity,
    after: next.identity,
    modelsAdded: change.added.length,
    modelsRemoved: change.removed.length,
    modelsChanged: change.changed,
    addedModels: change.added.slice(0, listedMax),
    removedModels: change.removed.slice(0, listedMax),
    changedPrices: change.prices.slice(0, listedMax),
  };
}

/**
 * Puts newer base data in the place of that in use, for all projects, and says what it changes.
 *
 * @throws AppError unsupported_format with what is wrong where; then nothing has changed
 */
export async function takePriceData(bytes: Uint8Array, query: Query): Promise<PriceDataChange> {
  const file = readFile(bytes, query.name);
  if (file.kind !== 'base') {
    throw new AppError(
      'unsupported_format',
      `This is a file of ${file.book.format}, which can be compared with but holds no history of prices. A base has to be a data file of genai-prices (v2).`,
    );
  }
  const now = new Date();
  const sha256 = sha256Of(bytes);
  const baseData = {
    name: 'genai-prices',
    version: `data ${sha256.slice(0, 8)}`,
    date: dateOf(query, now),
    providers: file.providers,
  };
  const change = describeChange(await readBefore(), { ...standardSources, baseData }, now);
  if (!query.isDryRun) await replaceBaseData({ ...baseData, sha256 });
  return { ...change, sha256, isStored: !query.isDryRun };
}

/** Goes back to the base that is installed, even from one that cannot be read any more. */
export async function resetPriceData(): Promise<PriceDataChange> {
  const change = describeChange(await readBefore(), standardSources, new Date());
  await replaceBaseData(null);
  return { ...change, sha256: null, isStored: true };
}

/** A base is compared by its own names, at the prices of the day of its data. */
function bookOf(file: Exclude<PriceFile, { kind: 'faults' }>, date: string): ParsedBook {
  if (file.kind === 'book') return file.book;
  const baseData = { name: 'genai-prices', version: '', date, providers: file.providers };
  const book = comparableBook('', createPriceBook({ ...standardSources, baseData }), null);
  const entries = book.entries.flatMap(({ providerId, model }) => {
    const prices = book.find(providerId, model);
    return prices === null ? [] : [{ providerId, model, prices }];
  });
  return { format: 'genai-prices', entries, skipped: book.entries.length - entries.length };
}

/**
 * Reads a price book of any known format to compare with.
 *
 * @throws AppError unsupported_format with what is wrong where
 */
export function readComparisonBook(
  bytes: Uint8Array,
  query: Pick<Query, 'name' | 'date'>,
): StoredBook & { readonly skipped: number } {
  const file = readFile(bytes, query.name);
  const date = dateOf(query, new Date());
  const { format, entries, skipped } = bookOf(file, date);
  if (entries.length === 0) {
    const message = `'${query.name}' holds no price by the token of text.`;
    throw new AppError('unsupported_format', message);
  }
  return {
    name: query.name,
    date,
    sha256: sha256Of(bytes),
    format,
    entries: [...entries],
    skipped,
  };
}

/** Keeps a price book of any known format to compare with. */
export async function takeComparisonBook(bytes: Uint8Array, query: Query): Promise<KeptBook> {
  const { skipped, ...book } = readComparisonBook(bytes, query);
  if (!query.isDryRun) await keepBook(book);
  const { entries, ...kept } = book;
  return { ...kept, models: entries.length, skipped, isStored: !query.isDryRun };
}
