import {
  type ForecastBasisQuery,
  ForecastBasisResponse,
  ForecastPlanResponse,
  ForecastResponse,
  type RunForecast,
} from '../../contracts/forecast';
import { InfrastructureResponse } from '../../contracts/infrastructure';
import type { ForecastPlan } from '../../cost/forecast/forecast';
import type { RateCard } from '../../cost/infrastructure/infrastructure-cost';
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
  getInfrastructure: (projectId: string, signal?: AbortSignal) =>
    send(
      InfrastructureResponse,
      'GET',
      `${projectPath(projectId)}/infrastructure`,
      undefined,
      signal,
    ),
  saveRateCard: (projectId: string, card: RateCard) =>
    send(InfrastructureResponse, 'PUT', `${projectPath(projectId)}/infrastructure`, card),
  runForecast: (projectId: string, body: RunForecast, signal?: AbortSignal) =>
    send(ForecastResponse, 'POST', `${projectPath(projectId)}/forecast`, body, signal),
});
