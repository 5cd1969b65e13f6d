import { CostResponse } from '../../contracts/cost';
import { projectPath, type Send } from '../api-send';

/** Calls of the API about what sessions cost. */
export const costCalls = (send: Send) => ({
  getCost: (projectId: string, signal?: AbortSignal) =>
    send(CostResponse, 'GET', `${projectPath(projectId)}/cost`, undefined, signal),
});
