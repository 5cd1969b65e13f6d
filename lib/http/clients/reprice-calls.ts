import { RepriceState } from '../../contracts/reprice';
import { projectPath, type Send } from '../api-send';

/** Calls of the API about pricing stored calls again. */
export const repriceCalls = (send: Send) => ({
  getReprice: (projectId: string, signal?: AbortSignal) =>
    send(RepriceState, 'GET', `${projectPath(projectId)}/reprice`, undefined, signal),
  startReprice: (projectId: string) =>
    send(RepriceState, 'POST', `${projectPath(projectId)}/reprice`, {}),
  cancelReprice: (projectId: string) =>
    send(RepriceState, 'POST', `${projectPath(projectId)}/reprice/cancel`, {}),
});
