import type { RepriceChange, RepriceDiff, RepriceState } from '../contracts/reprice';
import { findJob } from '../db/job-store';
import { readPriceSources } from '../db/price-store';
import { listPricedImports } from '../db/priced-with-store';
import { getProjectOrThrow } from '../db/project-store';
import { diffPrices } from '../jobs/diff-prices';
import { hashPriceSources } from '../jobs/price-sources';
import { RepriceJobProgress } from '../jobs/reprice-job';
import { type RepricedModel, totalRepriced } from '../jobs/repriced-sums';
import { usdFromPicoUsd } from '../units';

/**
 * Whether the calls of a project are stored with its present prices, and what these would change.
 *
 * Where all are, nothing but hashes is compared.
 */
export async function loadReprice(projectId: string): Promise<RepriceState> {
  await getProjectOrThrow(projectId);
  const job = await describeJob(projectId);
  const sources = await readPriceSources(projectId);
  const sourcesHash = hashPriceSources(sources);
  const imports = await listPricedImports(projectId);
  const stale = imports.filter((one) => one.pricedWith !== sourcesHash);
  const state = { sourcesHash, imports: imports.length, job };
  const isAtWork = job?.status === 'queued' || job?.status === 'running';
  if (stale.length === 0 || isAtWork) {
    const staleImports = stale.length;
    return { ...state, isCurrent: staleImports === 0, staleImports, diff: null };
  }
  const { models, changedImportIds } = await diffPrices({ imports, sources, hash: sourcesHash });
  const staleImports = changedImportIds.length;
  const isCurrent = staleImports === 0;
  return { ...state, isCurrent, staleImports, diff: isCurrent ? null : describeDiff(models) };
}

async function describeJob(projectId: string): Promise<RepriceState['job']> {
  const job = await findJob(projectId);
  if (job === null) return null;
  const { callsDone, callsTotal, error } = RepriceJobProgress.parse(job.progress);
  return { status: job.status, callsDone, callsTotal, error };
}

/** What re-pricing changes, in dollars; the largest difference first. */
function describeDiff(models: readonly RepricedModel[]): RepriceDiff {
  const described = models.map((one) => ({
    ...changeOf(one),
    providerName: one.providerName,
    model: one.model,
  }));
  described.sort(
    (a, b) =>
      Math.abs(b.differenceUsd) - Math.abs(a.differenceUsd) ||
      b.changedCalls - a.changedCalls ||
      b.calls - a.calls,
  );
  return { total: changeOf(totalRepriced(models)), models: described };
}

function changeOf(one: RepricedModel): RepriceChange {
  const { storedPicoUsd, presentPicoUsd } = one;
  return {
    calls: one.calls,
    changedCalls: one.changedCalls,
    newlyPricedCalls: one.newlyPricedCalls,
    newlyUnpricedCalls: one.newlyUnpricedCalls,
    unpricedCalls: one.unpricedCalls,
    unpricedTokens: one.unpricedTokens,
    storedUsd: storedPicoUsd === null ? null : usdFromPicoUsd(storedPicoUsd),
    presentUsd: presentPicoUsd === null ? null : usdFromPicoUsd(presentPicoUsd),
    differenceUsd: usdFromPicoUsd((presentPicoUsd ?? 0n) - (storedPicoUsd ?? 0n)),
  };
}
