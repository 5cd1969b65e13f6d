import type { CostResponse } from '../contracts/cost';
import { CostModel } from '../cost/cost-model';
import { type ExactTotals, fitCostModel } from '../cost/fit-cost-model';
import { priceBook } from '../cost/price-book';
import { findModelResult, saveModelResult } from '../db/model-result-store';
import { getProjectOrThrow } from '../db/project-store';
import { readTotals } from '../db/trace-store/read-totals';
import {
  hashOf,
  type ImportSelection,
  loadSessionSet,
  selectImports,
} from '../jobs/session-source';
import { usdFromPicoUsd } from '../units';
import { appVersion } from './load-health';

const bootstrapSeed = 1;

const fitting = globalThis as typeof globalThis & {
  plimsollCostFits?: Map<string, Promise<CostModel | null>>;
};

/**
 * What the sessions of a project cost and how that grows.
 *
 * Fitted once for the same imports, price book and version, then shown from the store.
 */
export async function loadCost(projectId: string): Promise<CostResponse> {
  await getProjectOrThrow(projectId);
  const selection = await selectImports(projectId);
  const inputHash = hashOf([selection.hash, priceBook, appVersion]);
  const kept = CostModel.nullable().parse(await findModelResult(projectId, 'cost', inputHash));
  const model = kept ?? (await fitOnce(projectId, selection, inputHash));
  const { listCostPicoUsdMax } = await readTotals(selection.importIds);
  return {
    model,
    listCostUsdMax: listCostPicoUsdMax === null ? null : usdFromPicoUsd(listCostPicoUsdMax),
    inputHash,
    modelledSessions: model?.coverage.sessions ?? 0,
  };
}

/** Requests that arrive while a model is being fitted share that one fit. */
function fitOnce(
  projectId: string,
  selection: ImportSelection,
  inputHash: string,
): Promise<CostModel | null> {
  fitting.plimsollCostFits ??= new Map();
  const fits = fitting.plimsollCostFits;
  const key = `${projectId}:${inputHash}`;
  const running =
    fits.get(key) ?? fitAndKeep(projectId, selection, inputHash).finally(() => fits.delete(key));
  fits.set(key, running);
  return running;
}

async function fitAndKeep(
  projectId: string,
  selection: ImportSelection,
  inputHash: string,
): Promise<CostModel | null> {
  const set = await loadSessionSet(projectId, selection);
  if (set === null) return null;
  const isSample = set.sessionIds.length < set.sessionsInStore;
  const model = fitCostModel(set, {
    seed: bootstrapSeed,
    ...(isSample ? { exact: await readExactTotals(selection.importIds) } : {}),
  });
  await saveModelResult(projectId, 'cost', inputHash, model);
  return model;
}

async function readExactTotals(importIds: readonly string[]): Promise<ExactTotals> {
  const { recordedCostPicoUsd, listCostPicoUsd, listCostPicoUsdMax, ...counts } =
    await readTotals(importIds);
  return {
    ...counts,
    listCostPicoUsd: listCostPicoUsd ?? 0n,
    recordedCostUsd: recordedCostPicoUsd === null ? null : usdFromPicoUsd(recordedCostPicoUsd),
  };
}
