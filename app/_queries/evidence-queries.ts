import { queryOptions } from '@tanstack/react-query';
import type { SimulationState } from '@/lib/contracts/simulation';
import { api } from './api';

/** What sessions of a project cost. */
export function costQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'cost'],
    queryFn: ({ signal }) => api.getCost(projectId, signal),
  });
}

/** What the cost of a project is made of, and why its dearest sessions are dear. */
export function costAnatomyQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'cost', 'anatomy'],
    queryFn: ({ signal }) => api.getCostAnatomy(projectId, signal),
  });
}

/** Runs of a project; asked again every second while one is under way. */
export function simulationsQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'simulations'],
    queryFn: ({ signal }) => api.listSimulations(projectId, signal),
    refetchInterval: (query) =>
      query.state.data?.simulations.some(isUnderWay) === true ? 1_000 : false,
  });
}

/** Observed sessions as programs for the simulator in the browser. */
export function workloadQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'workload'],
    queryFn: ({ signal }) => api.getWorkload(projectId, signal),
    staleTime: 60_000,
  });
}

/** All checks of a project as of now. */
export function readinessQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'readiness'],
    queryFn: ({ signal }) => api.getReadiness(projectId, signal),
  });
}

/** Frozen reports of a project. */
export function reportsQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'reports'],
    queryFn: ({ signal }) => api.listReports(projectId, signal),
  });
}

/** A run that has not ended yet. */
export function isUnderWay(simulation: SimulationState): boolean {
  return simulation.status === 'queued' || simulation.status === 'running';
}

/** The newest run with a result. */
export function latestRun(simulations: readonly SimulationState[]): SimulationState | null {
  return simulations.reduce<SimulationState | null>((latest, simulation) => {
    if (simulation.status !== 'completed' || simulation.run === null) return latest;
    return latest === null || simulation.createdAt > latest.createdAt ? simulation : latest;
  }, null);
}
