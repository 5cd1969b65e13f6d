import type { PriceBook } from '../cost/price-book';
import type { UnitPrices } from '../cost/unit-prices';
import { listPricedImports } from '../db/priced-with-store';
import { readUsedPrices, type UsedPrice } from '../db/trace-store/read-used-prices';
import { readProjectBook } from '../jobs/price-sources';
import type { FrozenPrice, FrozenPrices } from '../report/frozen-prices';

/** A report of more is read by nobody. */
const modelsMax = 200;

/**
 * The unit prices that the stored calls of a project were given, as a report keeps them.
 *
 * Calls do not keep their unit prices. Where some are stored with other prices than the present ones,
 * what they were given is not known any more: the book's present prices stand there, marked as such.
 */
export async function freezePrices(projectId: string): Promise<FrozenPrices> {
  const imports = await listPricedImports(projectId);
  const { book, hash } = await readProjectBook(projectId);
  const used = await readUsedPrices(imports.map((one) => one.importId));
  const isCurrent = imports.every((one) => one.pricedWith === hash);
  const models = mergeUsed(used, (one) =>
    isCurrent && one.skuPriceId === null ? null : findPresent(one, book),
  );
  return {
    book: book.identity,
    isCurrent,
    models: models.slice(0, modelsMax),
    modelsTotal: models.length,
  };
}

/** Calls whose prices differ only by the size of their prompt are one: the tiers are in the prices. */
function mergeUsed(
  used: readonly UsedPrice[],
  pricesOf: (one: UsedPrice) => UnitPrices | null,
): FrozenPrice[] {
  const merged = new Map<string, FrozenPrice & { firstMs: number | null; lastMs: number | null }>();
  for (const one of used) {
    const prices = pricesOf(one);
    const model = one.responseModel ?? one.requestModel;
    const { providerName, serviceTier } = one;
    const key = JSON.stringify([providerName, model, serviceTier, prices?.skuPriceId ?? null]);
    const before = merged.get(key);
    const firstMs = least(before?.firstMs ?? null, one.firstMs);
    const lastMs = greatest(before?.lastMs ?? null, one.lastMs);
    merged.set(key, {
      providerName,
      model,
      serviceTier,
      calls: (before?.calls ?? 0) + one.calls,
      tokens: (before?.tokens ?? 0) + one.tokens,
      firstCallAt: isoOrNull(firstMs),
      lastCallAt: isoOrNull(lastMs),
      prices,
      firstMs,
      lastMs,
    });
  }
  return [...merged.values()]
    .map(({ firstMs: _first, lastMs: _last, ...frozen }) => frozen)
    .sort((a, b) => b.calls - a.calls);
}

function findPresent(one: UsedPrice, book: PriceBook): UnitPrices | null {
  const { providerName, serviceTier, lastMs: atMs } = one;
  for (const model of [one.responseModel, one.requestModel]) {
    if (model === null) continue;
    const prices = book.findUnitPrices({ providerName, model, atMs, serviceTier });
    if (prices !== null) return prices;
  }
  return null;
}

const least = (a: number | null, b: number | null) =>
  a === null ? b : b === null ? a : Math.min(a, b);
const greatest = (a: number | null, b: number | null) =>
  a === null ? b : b === null ? a : Math.max(a, b);

/** Times beyond what a date can hold are those of no call. */
function isoOrNull(ms: number | null): string | null {
  return ms === null || !(Math.abs(ms) <= 8.64e15) ? null : new Date(ms).toISOString();
}
