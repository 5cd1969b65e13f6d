import { type ReplayRequest, ReplayResponse } from '../../contracts/replay';
import { projectPath, type Send } from '../api-send';

/** Calls of the API about policies tried on sessions. */
export const replayCalls = (send: Send) => ({
  replayPolicies: (projectId: string, body: ReplayRequest, signal?: AbortSignal) =>
    send(ReplayResponse, 'POST', `${projectPath(projectId)}/policies/replay`, body, signal),
});
