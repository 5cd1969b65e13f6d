import { z } from 'zod';
import type { ImportSummary } from '../contracts/import';
import type { PriceBookSources } from '../cost/price-override';
import { getImportOrThrow, type StoredImport, updateImport } from '../db/import-store';
import { readPriceSources } from '../db/price-store';
import {
  beginReplacing,
  listPricedImports,
  listReplacing,
  setPricedWith,
} from '../db/priced-with-store';
import { readTotals } from '../db/trace-store/read-totals';
import {
  beginRepricing,
  completeRepricing,
  countModelCalls,
  replaceRepriced,
} from '../db/trace-store/reprice-import';
import { dropCalls, dropFinishing } from '../db/trace-store/write-import';
import { AppError } from '../errors';
import { usdFromPicoUsd } from '../units';
import type { JobContext } from './job-context';
import { hashPriceSources } from './price-sources';
import { repriceCalls } from './reprice-calls';
import type { RepricedTotals } from './repriced-sums';

/** Progress of a re-price job as its row holds it. */
export const RepriceJobProgress = z.object({
  callsDone: z.int().default(0),
  callsTotal: z.int().nullable().default(null), // null: not counted yet
  error: z.string().nullable().default(null),
});
export type RepriceJobProgress = z.infer<typeof RepriceJobProgress>;

/** How the calls of a project are priced again. */
export interface ProjectRepricing {
  readonly signal: AbortSignal;
  /** Told of every part that is priced, and waited for before it goes on. */
  readonly onProgress: (progress: RepriceJobProgress) => unknown;
}

/** Does the work of one re-price job, as {@link repriceProject} has it. */
export async function runRepriceJob({ job, signal, onProgress }: JobContext): Promise<void> {
  await repriceProject(job.subjectId, { signal, onProgress });
}

/**
 * Prices the calls of a project again with its present book, import by import.
 *
 * Each import changes as a whole: its calls are put together aside and then take the place of those
 * before. Imports that have the present prices are left alone, so that a job that was stopped goes on
 * where it was. One that is deleted meanwhile is passed over. A live import is priced as it stands;
 * its next reading uses the book of then.
 *
 * @throws AppError cancelled when the signal is aborted
 */
export async function repriceProject(
  projectId: string,
  { signal, onProgress }: ProjectRepricing,
): Promise<void> {
  const sources = await readPriceSources(projectId);
  const hash = hashPriceSources(sources);
  const stale = (await listPricedImports(projectId)).filter((one) => one.pricedWith !== hash);
  const importIds = stale.map((one) => one.importId);
  let callsDone = 0;
  let callsTotal = await countCalls(importIds);
  const report = () => onProgress({ callsDone, callsTotal, error: null });
  await report();
  const onCalls = (calls: number) => {
    callsDone += calls;
    return report();
  };
  for (const [index, importId] of importIds.entries()) {
    if (await repriceImport(importId, { sources, hash, signal, onCalls })) continue;
    callsTotal = callsDone + (await countCalls(importIds.slice(index + 1)));
    await report();
  }
}

const countCalls = async (importIds: readonly string[]) =>
  importIds.length === 0 ? 0 : countModelCalls(importIds);

/** With what an import is priced again. */
interface ImportRepricing {
  readonly sources: PriceBookSources;
  readonly hash: string;
  readonly signal: AbortSignal;
  readonly onCalls: (calls: number) => unknown;
}

/**
 * Prices the calls of one import again; until they are whole, nothing that is read changes.
 *
 * @returns whether the import is still there; one that was deleted leaves nothing behind
 * @throws AppError cancelled when the signal is aborted before that
 */
async function repriceImport(importId: string, repricing: ImportRepricing): Promise<boolean> {
  const { hash, ...options } = repricing;
  let totals: RepricedTotals;
  try {
    await beginRepricing(importId);
    totals = await repriceCalls(importId, { ...options, isWriting: true });
    await completeRepricing(importId);
    if (options.signal.aborted) throw new AppError('cancelled', 'The work was cancelled.');
  } catch (error) {
    await dropFinishing(importId);
    // An import's row goes before its calls: calls that are missing without it are no failure.
    if (options.signal.aborted || (await findImport(importId)) !== null) throw error;
    return false;
  }
  // From here on what lies aside is the only whole state until it is in place: a failure leaves it.
  const isThere = await beginReplacing(importId, hash);
  if (isThere) {
    await replaceRepriced(importId);
    await endReplacing(importId, hash, totals.assumedBasis);
  }
  await dropFinishing(importId);
  return isThere;
}

/** @returns null where the import was deleted */
async function findImport(importId: string): Promise<StoredImport | null> {
  try {
    return await getImportOrThrow(null, importId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}

/** @param assumedBasis null: not known again, as after a stop, or nothing was assumed */
async function endReplacing(
  importId: string,
  hash: string,
  assumedBasis: ImportSummary['assumedBasis'],
): Promise<void> {
  // Deleted meanwhile: its calls went with it, and these came after.
  if (!(await summarizeAgain(importId, assumedBasis)) || !(await setPricedWith(importId, hash))) {
    await dropCalls(importId);
  }
}

/** @returns whether the import is still there */
async function summarizeAgain(
  importId: string,
  assumedBasis: ImportSummary['assumedBasis'],
): Promise<boolean> {
  const target = await findImport(importId);
  if (target === null) return false;
  if (target.summary === null) return true;
  const { listCostPicoUsd, unpricedCalls } = await readTotals([importId]);
  const listCostUsd = listCostPicoUsd === null ? null : usdFromPicoUsd(listCostPicoUsd);
  const assumed = target.summary.assumedBasis ?? null;
  const { listCostUsd: cost = null, otherListCostUsd = null } = assumedBasis ?? assumed ?? {};
  await updateImport(importId, {
    summary: {
      ...target.summary,
      listCostUsd,
      unpricedCalls,
      assumedBasis: assumed === null ? null : { ...assumed, listCostUsd: cost, otherListCostUsd },
    },
  });
  return true;
}

/**
 * Goes through with what a stopped process had begun to put in place: nothing runs while this does,
 * and what lies aside has not been swept yet.
 */
export async function recoverRepricing(): Promise<void> {
  for (const { importId, hash } of await listReplacing()) {
    const isPlaced = await replaceRepriced(importId);
    if (isPlaced) await endReplacing(importId, hash, null);
    else await setPricedWith(importId, null);
  }
}
