import type { CostGrowthResponse } from '../contracts/cost-growth';
import { GrowthModel } from '../cost/growth-model';
import { loadModel } from './load-model';

/** How the cost of a project's sessions grows with their history. */
export async function loadCostGrowth(projectId: string): Promise<CostGrowthResponse> {
  const { model, inputHash } = await loadModel(projectId, {
    kind: 'growth',
    schema: GrowthModel,
    modelVersion: 1,
  });
  return { model, inputHash };
}
