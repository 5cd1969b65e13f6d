import { CostResponse } from '../../contracts/cost';
import { CostAnatomyResponse } from '../../contracts/cost-anatomy';
import { projectPath, type Send } from '../api-send';

/** Calls of the API about what sessions cost. */
export const costCalls = (send: Send) => ({
  getCost: (projectId: string, signal?: AbortSignal) =>
    send(CostResponse, 'GET', `${projectPath(projectId)}/cost`, undefined, signal),
  getCostAnatomy: (projectId: string, signal?: AbortSignal) =>
    send(CostAnatomyResponse, 'GET', `${projectPath(projectId)}/cost/anatomy`, undefined, signal),
});
