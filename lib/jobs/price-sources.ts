import { standardPriceBook } from '../cost/create-price-book';
import type { PriceBookSources } from '../cost/price-override';
import { hashOf } from './session-source';

/**
 * SHA-256 of everything that decides prices: the sources, and the data and supplement that are
 * installed beneath them. Calls priced under one hash cost the same whenever they are priced.
 */
export function hashPriceSources(sources: PriceBookSources): string {
  return hashOf([standardPriceBook.identity, sources]);
}
