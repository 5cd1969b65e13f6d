import type { InfrastructureResponse } from '../contracts/infrastructure';
import { ForecastPlan } from '../cost/forecast/forecast';
import { defaultRateCard } from '../cost/infrastructure/default-rate-card';
import { RateCard, TraceQuantities } from '../cost/infrastructure/infrastructure-cost';
import { findCostPlan, saveCostPlan } from '../db/cost-plan-store';
import { getProjectOrThrow } from '../db/project-store';
import { loadForecastBasis } from './load-forecast';
import { loadModel } from './load-model';

/** Raised whenever the same sessions would give other quantities. */
const quantitiesVersion = 1;

/** What the cost of memory and state of a project is worked out from. */
export async function loadInfrastructure(projectId: string): Promise<InfrastructureResponse> {
  const { system } = await getProjectOrThrow(projectId);
  const saved = RateCard.nullable().parse(await findCostPlan(projectId, 'rate_card'));
  const plan = ForecastPlan.nullable().parse(await findCostPlan(projectId, 'forecast'));
  const { model: quantities } = await loadModel(projectId, {
    kind: 'quantities',
    schema: TraceQuantities,
    modelVersion: quantitiesVersion,
  });
  const planned =
    plan === null ? null : Math.sqrt(plan.sessionsPerDay.low * plan.sessionsPerDay.high);
  const isObserved = planned === null && quantities !== null;
  const observed = isObserved
    ? ((await loadForecastBasis(projectId, {})).basis?.observedSessionsPerDay ?? null)
    : null;
  return {
    card: saved ?? defaultRateCard,
    isSaved: saved !== null,
    quantities,
    poolSlots: system.pool.slots,
    sessionsPerDay: planned ?? observed,
    isPlanned: planned !== null,
  };
}

/** Keeps a rate card in place of the one before it. */
export async function keepRateCard(
  projectId: string,
  card: RateCard,
): Promise<InfrastructureResponse> {
  await getProjectOrThrow(projectId);
  await saveCostPlan(projectId, 'rate_card', card);
  return loadInfrastructure(projectId);
}
