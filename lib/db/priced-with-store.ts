import { db } from './client';

/** Stands before the hash while the calls of an import take the place of those before. */
const replacing = 'replacing:';

/** An import whose calls are shown, and with which prices they are stored. */
export interface PricedImport {
  readonly importId: string;
  readonly contentHash: string | null;
  readonly pricedWith: string | null;
}

/** Completed imports of a project, the oldest first. */
export async function listPricedImports(projectId: string): Promise<PricedImport[]> {
  const rows = await (await db()).import.findMany({
    where: { projectId, status: 'completed' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, contentHash: true, pricedWith: true },
  });
  return rows.map(({ id, ...rest }) => ({ importId: id, ...rest }));
}

/**
 * Notes that the stored calls of an import are whole under other prices and about to be shown: from
 * here on it is gone through with, whatever stops in between.
 *
 * @returns whether the import is still there
 */
export async function beginReplacing(importId: string, hash: string): Promise<boolean> {
  const { count } = await (await db()).import.updateMany({
    where: { id: importId, status: 'completed' },
    data: { pricedWith: replacing + hash },
  });
  return count === 1;
}

/**
 * Notes with which prices the calls of an import are stored.
 *
 * @param hash null: not known, so that they count as stale
 * @returns whether the import is still there
 */
export async function setPricedWith(importId: string, hash: string | null): Promise<boolean> {
  const { count } = await (await db()).import.updateMany({
    where: { id: importId, status: 'completed' },
    data: { pricedWith: hash },
  });
  return count === 1;
}

/** Notes that other prices come to the same costs, unless the import has changed meanwhile. */
export async function confirmPrices(seen: PricedImport, hash: string): Promise<void> {
  await (await db()).import.updateMany({
    where: {
      id: seen.importId,
      status: 'completed',
      contentHash: seen.contentHash,
      pricedWith: seen.pricedWith,
    },
    data: { pricedWith: hash },
  });
}

/** Imports that a stopped process left while their calls were taking the place of those before. */
export async function listReplacing(): Promise<{ importId: string; hash: string }[]> {
  const rows = await (await db()).import.findMany({
    where: { pricedWith: { startsWith: replacing } },
    select: { id: true, pricedWith: true },
  });
  return rows.map(({ id, pricedWith }) => ({
    importId: id,
    hash: (pricedWith ?? '').slice(replacing.length),
  }));
}
