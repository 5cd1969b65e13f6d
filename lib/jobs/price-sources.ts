import type { PriceBookSources } from '../cost/price-override';
import { hashOf } from './session-source';

/** Hash of everything that decides a project's prices; an import keeps the one it was priced with. */
export function hashPriceSources(sources: PriceBookSources): string {
  return hashOf(sources);
}
