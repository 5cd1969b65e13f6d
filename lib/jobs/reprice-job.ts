import { z } from 'zod';
import type { ImportSummary } from '../contracts/import';
import type { PriceBookSources } from '../cost/price-override';
import { getImportOrThrow, updateImport } from '../db/import-store';
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

/**
 * Prices the calls of a project again with its present book, import by import.
 *
 * Each import changes as a whole: its calls are put together aside and then take the place of those
 * before. Imports that have the present prices are left alone, so that a job that was stopped goes on
 * where it was. A live import is priced as it stands; its next reading uses the book of then.
 */
export async function runRepriceJob(context: JobContext): Promise<void> {
  const projectId = context.job.subjectId;
  const sources = await readPriceSources(projectId);
  const hash = hashPriceSources(sources);
  const stale = (await listPricedImports(projectId)).filter((one) => one.pricedWith !== hash);
  const importIds = stale.map((one) => one.importId);
  const callsTotal = importIds.length === 0 ? 0 : await countModelCalls(importIds);
  let callsDone = 0;
  const report = () => {
    context.onProgress({ callsDone, callsTotal, error: null } satisfies RepriceJobProgress);
  };
  report();
  for (const importId of importIds) {
    await repriceImport(importId, {
      sources,
      hash,
      signal: context.signal,
      onCalls: (calls) => {
        callsDone += calls;
        report();
      },
    });
  }
}

/** With what an import is priced again. */
interface ImportRepricing {
  readonly sources: PriceBookSources;
  readonly hash: string;
  readonly signal: AbortSignal;
  readonly onCalls?: (calls: number) => void;
}

/**
 * Prices the calls of one import again; until they are whole, nothing that is read changes.
 *
 * @throws AppError cancelled when the signal is aborted before that
 */
async function repriceImport(importId: string, repricing: ImportRepricing): Promise<void> {
  const { hash, ...options } = repricing;
  let totals: RepricedTotals;
  try {
    await beginRepricing(importId);
    totals = await repriceCalls(importId, { ...options, isWriting: true });
    await completeRepricing(importId);
    if (options.signal.aborted) throw new AppError('cancelled', 'The work was cancelled.');
  } catch (error) {
    await dropFinishing(importId);
    throw error;
  }
  // From here on what lies aside is the only whole state until it is in place: a failure leaves it.
  if (await beginReplacing(importId, hash)) {
    await replaceRepriced(importId);
    await endReplacing(importId, hash, totals.assumedBasis);
  }
  await dropFinishing(importId);
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
  const target = await getImportOrThrow(null, importId).catch(() => null);
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
