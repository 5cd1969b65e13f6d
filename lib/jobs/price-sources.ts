import { createPriceBook, standardPriceBook } from '../cost/create-price-book';
import type { PriceBook } from '../cost/price-book';
import type { PriceBookSources } from '../cost/price-override';
import { readPriceSources, readSharedSources } from '../db/price-store';
import { hashOf } from './session-source';

/** Everything that decides a project's prices at one moment, and the book that it makes. */
export interface ProjectPriceBook {
  readonly sources: PriceBookSources;
  readonly hash: string;
  readonly book: PriceBook;
}

/** The last books, so that pages of one project check brought-in data and look names up once. */
const keptMax = 4;
const holder = globalThis as typeof globalThis & { plimsollPriceBooks?: Map<string, PriceBook> };

/**
 * Hash of everything that decides a project's prices, what is installed beneath them included; an
 * import keeps the one it was priced with.
 */
export function hashPriceSources(sources: PriceBookSources): string {
  const { baseData } = sources;
  const base = baseData === null ? null : hashBase(baseData);
  return hashOf([standardPriceBook.identity, { ...sources, baseData: base }]);
}

/** Hashes of data that was brought in: it is large, and the same object for every request. */
const baseHashes = new WeakMap<object, string>();

function hashBase({ providers, ...identity }: NonNullable<PriceBookSources['baseData']>): unknown {
  if (typeof providers !== 'object' || providers === null) return { ...identity, providers };
  const hash = baseHashes.get(providers) ?? hashOf(providers);
  baseHashes.set(providers, hash);
  return { ...identity, hash };
}

/** The price book of a project as it is now. */
export async function readProjectBook(projectId: string): Promise<ProjectPriceBook> {
  return bookOf(await readPriceSources(projectId));
}

/** The price book as it is now, without anything of a project. */
export async function readSharedBook(): Promise<ProjectPriceBook> {
  return bookOf(await readSharedSources());
}

function bookOf(sources: PriceBookSources): ProjectPriceBook {
  const hash = hashPriceSources(sources);
  holder.plimsollPriceBooks ??= new Map();
  const books = holder.plimsollPriceBooks;
  const book = books.get(hash) ?? createPriceBook(sources);
  books.delete(hash);
  books.set(hash, book);
  for (const key of books.keys()) if (books.size > keptMax) books.delete(key);
  return { sources, hash, book };
}
