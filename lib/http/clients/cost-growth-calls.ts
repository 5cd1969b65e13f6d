import { CostGrowthResponse } from '../../contracts/cost-growth';
import { projectPath, type Send } from '../api-send';

/** Calls of the API about how cost grows. */
export const costGrowthCalls = (send: Send) => ({
  getCostGrowth: (projectId: string, signal?: AbortSignal) =>
    send(CostGrowthResponse, 'GET', `${projectPath(projectId)}/cost/growth`, undefined, signal),
});
