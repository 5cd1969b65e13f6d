import type { CostResponse } from '../contracts/cost';
import { CostModel } from '../cost/cost-model';
import type { ExactTotals } from '../cost/fit-cost-model';
import { readTotals } from '../db/trace-store/read-totals';
import { usdFromPicoUsd } from '../units';
import { loadModel } from './load-model';

/** What the sessions of a project cost and how that grows. */
export async function loadCost(projectId: string): Promise<CostResponse> {
  const { model, inputHash, selection } = await loadModel(projectId, {
    kind: 'cost',
    schema: CostModel,
    modelVersion: 2,
    readExact: readExactTotals,
  });
  const { listCostPicoUsdMax } = await readTotals(selection.importIds);
  return {
    model,
    listCostUsdMax: listCostPicoUsdMax === null ? null : usdFromPicoUsd(listCostPicoUsdMax),
    inputHash,
    modelledSessions: model?.coverage.sessions ?? 0,
  };
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
