import type { CostAnatomyResponse } from '../contracts/cost-anatomy';
import { CostAnatomy } from '../cost/cost-anatomy';
import { loadModel } from './load-model';

/** What the cost of a project is made of, and why its dearest sessions are dear. */
export async function loadCostAnatomy(projectId: string): Promise<CostAnatomyResponse> {
  const { model, inputHash } = await loadModel(projectId, {
    kind: 'anatomy',
    schema: CostAnatomy,
    modelVersion: 2,
  });
  return { anatomy: model, inputHash };
}
