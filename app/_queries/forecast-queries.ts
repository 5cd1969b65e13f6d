import { queryOptions, skipToken } from '@tanstack/react-query';
import type { ForecastBasis, ForecastPlan, MixKey } from '@/lib/cost/forecast/forecast';
import { api } from './api';
import { askCostWorker } from './cost-worker-client';

/** The plan that a project keeps. */
export function forecastPlanQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'forecast-plan'],
    queryFn: ({ signal }) => api.getForecastPlan(projectId, signal),
  });
}

/** What forecasts of a project rest on, by one name of its sessions and under some policies. */
export function forecastBasisQuery(projectId: string, by: MixKey, policySetId: string | null) {
  return queryOptions({
    queryKey: ['project', projectId, 'forecast-basis', by, policySetId],
    queryFn: ({ signal }) =>
      api.getForecastBasis(
        projectId,
        { by, ...(policySetId === null ? {} : { policySetId }) },
        signal,
      ),
    staleTime: 60_000,
    structuralSharing: false,
  });
}

/** Seed of the draws of the page; the same plan gives the same numbers. */
const forecastSeed = 1;

/** A forecast, drawn in a worker of this browser. */
export function drawnForecastQuery(plan: ForecastPlan, basis: ForecastBasis, inputHash: string) {
  return queryOptions({
    queryKey: ['forecast', inputHash, plan],
    queryFn: ({ signal }) => {
      const question = { kind: 'forecast', plan, basis, seed: forecastSeed } as const;
      return askCostWorker('quick', { question, sources: [] }, signal);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 20_000,
    retry: false,
  });
}

/** The forecast of the saved plan, drawn by the server: the page that shows it has no basis. */
export function planForecastQuery(projectId: string, plan: ForecastPlan | null) {
  return queryOptions({
    queryKey: ['project', projectId, 'plan-forecast', plan],
    queryFn:
      plan === null
        ? skipToken
        : ({ signal }) => api.runForecast(projectId, { plan, seed: forecastSeed }, signal),
    staleTime: 60_000,
  });
}

/** What the cost of memory and state of a project is worked out from. */
export function infrastructureQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId, 'infrastructure'],
    queryFn: ({ signal }) => api.getInfrastructure(projectId, signal),
  });
}
