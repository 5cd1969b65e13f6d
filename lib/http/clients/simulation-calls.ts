import {
  SimulationList,
  SimulationState,
  type StartSimulation,
  WorkloadResponse,
} from '../../contracts/simulation';
import { projectPath, type Send, segment } from '../api-send';

/** Calls of the API about the workload and its simulations. */
export const simulationCalls = (send: Send) => ({
  getWorkload: (projectId: string, signal?: AbortSignal) =>
    send(WorkloadResponse, 'GET', `${projectPath(projectId)}/workload`, undefined, signal),
  listSimulations: (projectId: string, signal?: AbortSignal) =>
    send(SimulationList, 'GET', `${projectPath(projectId)}/simulations`, undefined, signal),
  startSimulation: (projectId: string, body: StartSimulation) =>
    send(SimulationState, 'POST', `${projectPath(projectId)}/simulations`, body),
  getSimulation: (projectId: string, runId: string, signal?: AbortSignal) =>
    send(
      SimulationState,
      'GET',
      `${projectPath(projectId)}/simulations/${segment(runId)}`,
      undefined,
      signal,
    ),
  cancelSimulation: (projectId: string, runId: string) =>
    send(SimulationState, 'POST', `${projectPath(projectId)}/simulations/${segment(runId)}/cancel`),
});
