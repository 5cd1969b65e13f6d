import { createPriceBook, standardPriceBook } from '../cost/create-price-book';
import type { PriceBook } from '../cost/price-book';
import type { PriceBookSources } from '../cost/price-override';
import { readPriceSources } from '../db/price-store';
import { hashOf } from './session-source';

/** Everything that decides a project's prices at one moment, and the book that it makes. */
export interface ProjectPriceBook {
  readonly sources: PriceBookSources;
  readonly hash: string;
  readonly book: PriceBook;
}

/**
 * Hash of everything that decides a project's prices, what is installed beneath them included; an
 * import keeps the one it was priced with.
 */
export function hashPriceSources(sources: PriceBookSources): string {
  return hashOf([standardPriceBook.identity, sources]);
}

/** The price book of a project as it is now. */
export async function readProjectBook(projectId: string): Promise<ProjectPriceBook> {
  const sources = await readPriceSources(projectId);
  return { sources, hash: hashPriceSources(sources), book: createPriceBook(sources) };
}
