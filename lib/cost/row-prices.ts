import type { SessionSet } from '../sessions/session';
import type { PriceBook } from './price-book';
import type { UnitPrices } from './unit-prices';

const nameAt = (set: SessionSet, index: number) => (index < 0 ? null : set.names[index]);

/** Unit prices of one row's model, as of its own time; null where the book does not know it. */
export function findRowPrices(set: SessionSet, row: number, book: PriceBook): UnitPrices | null {
  const { calls } = set;
  const model = nameAt(set, calls.model[row]);
  if (model === null) return null;
  const startMs = calls.startMs[row];
  return book.findUnitPrices({
    providerName: nameAt(set, calls.provider[row]),
    model,
    atMs: Number.isNaN(startMs) ? null : startMs,
    serviceTier: nameAt(set, calls.serviceTier[row]),
  });
}
