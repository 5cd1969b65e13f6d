import type { PriceBookSources } from '../cost/price-override';
import { confirmPrices, type PricedImport } from '../db/priced-with-store';
import { readStoredCosts } from '../db/trace-store/read-stored-costs';
import { repriceCalls } from './reprice-calls';
import { mergeRepriced, type RepricedModel } from './repriced-sums';
import { hashOf } from './session-source';

/** What would change for a project, and the imports for which anything would. */
export interface PriceDiff {
  readonly models: readonly RepricedModel[];
  readonly changedImportIds: readonly string[];
}

interface DiffRequest {
  readonly imports: readonly PricedImport[];
  readonly sources: PriceBookSources;
  /** Hash of the sources. */
  readonly hash: string;
}

const keptMax = 4;
const holder = globalThis as typeof globalThis & {
  plimsollPriceDiffs?: Map<string, Promise<PriceDiff>>;
};

/**
 * Works out what the calls of imports would cost by other sources, without changing any.
 *
 * Every call of an import that is stored with other prices is priced: a tier depends on the prompt of
 * the single request, so that no sum would do. Where no cost of an import differs, it is noted as
 * stored with these prices. Equal requests share one computation, and the last few are kept.
 */
export function diffPrices(request: DiffRequest): Promise<PriceDiff> {
  holder.plimsollPriceDiffs ??= new Map();
  const kept = holder.plimsollPriceDiffs;
  const key = hashOf([request.hash, request.imports]);
  let diff = kept.get(key);
  if (diff === undefined) {
    diff = computeDiff(request);
    kept.set(key, diff);
    for (const one of kept.keys()) if (kept.size > keptMax) kept.delete(one);
    diff.catch(() => kept.delete(key));
  }
  return diff;
}

async function computeDiff({ imports, sources, hash }: DiffRequest): Promise<PriceDiff> {
  const current = imports.filter((one) => one.pricedWith === hash).map((one) => one.importId);
  const lists: (readonly RepricedModel[])[] = [await readStoredCosts(current)];
  const changedImportIds: string[] = [];
  for (const one of imports) {
    if (one.pricedWith === hash) continue;
    const { signal } = new AbortController();
    const { models } = await repriceCalls(one.importId, { sources, signal, isWriting: false });
    lists.push(models);
    if (models.every(({ changedCalls }) => changedCalls === 0)) await confirmPrices(one, hash);
    else changedImportIds.push(one.importId);
  }
  return { models: mergeRepriced(lists), changedImportIds };
}
