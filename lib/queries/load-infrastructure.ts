import type { InfrastructureResponse } from '../contracts/infrastructure';
import { ForecastPlan } from '../cost/forecast/forecast';
import { defaultRateCard } from '../cost/infrastructure/default-rate-card';
import { RateCard, TraceQuantities } from '../cost/infrastructure/infrastructure-cost';
import { standardSources } from '../cost/price-override';
import { findCostPlan, saveCostPlan } from '../db/cost-plan-store';
import { getProjectOrThrow } from '../db/project-store';
import { loadSessionSet, selectImports } from '../jobs/session-source';
import { loadForecastBasis } from './load-forecast';
import { fitInThread } from './load-model';

/** What the cost of memory and state of a project is worked out from. */
export async function loadInfrastructure(projectId: string): Promise<InfrastructureResponse> {
  const { system } = await getProjectOrThrow(projectId);
  const saved = RateCard.nullable().parse(await findCostPlan(projectId, 'rate_card'));
  const plan = ForecastPlan.nullable().parse(await findCostPlan(projectId, 'forecast'));
  const quantities = await readQuantities(projectId);
  const observed =
    quantities === null
      ? null
      : ((await loadForecastBasis(projectId, {})).basis?.observedSessionsPerDay ?? null);
  const planned =
    plan === null ? null : Math.sqrt(plan.sessionsPerDay.low * plan.sessionsPerDay.high);
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

async function readQuantities(projectId: string): Promise<TraceQuantities | null> {
  const selection = await selectImports(projectId);
  const set = await loadSessionSet(projectId, selection);
  if (set === null) return null;
  const forecast = { kind: 'quantities' } as const;
  return TraceQuantities.parse(
    await fitInThread({ kind: 'forecast', set, sources: standardSources, forecast }),
  );
}
