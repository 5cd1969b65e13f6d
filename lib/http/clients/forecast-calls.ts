import {
  type ForecastBasisQuery,
  ForecastBasisResponse,
  ForecastPlanResponse,
  ForecastResponse,
  type RunForecast,
} from '../../contracts/forecast';
import type { ForecastPlan } from '../../cost/forecast/forecast';
import { projectPath, type Send, searchOf } from '../api-send';

/** Calls of the API about plans, and what they will cost. */
export const forecastCalls = (send: Send) => ({
  getForecastPlan: (projectId: string, signal?: AbortSignal) =>
    send(ForecastPlanResponse, 'GET', `${projectPath(projectId)}/forecast-plan`, undefined, signal),
  saveForecastPlan: (projectId: string, plan: ForecastPlan) =>
    send(ForecastPlanResponse, 'PUT', `${projectPath(projectId)}/forecast-plan`, plan),
  getForecastBasis: (projectId: string, query: ForecastBasisQuery = {}, signal?: AbortSignal) =>
    send(
      ForecastBasisResponse,
      'GET',
      `${projectPath(projectId)}/forecast-basis?${searchOf(query)}`,
      undefined,
      signal,
    ),
  runForecast: (projectId: string, body: RunForecast, signal?: AbortSignal) =>
    send(ForecastResponse, 'POST', `${projectPath(projectId)}/forecast`, body, signal),
});
