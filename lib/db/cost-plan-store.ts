import { db } from './client';

/** What a project declares for its forecast: volume and budget, or prices of infrastructure. */
export type CostPlanKind = 'forecast' | 'rate_card';

/** Reads what a project declares; null where it has declared nothing of the kind. */
export async function findCostPlan(projectId: string, kind: CostPlanKind): Promise<unknown> {
  const row = await (await db()).costPlan.findUnique({
    where: { projectId_kind: { projectId, kind } },
  });
  return row === null ? null : JSON.parse(row.json);
}

/** Keeps what a project declares in place of what it declared before. */
export async function saveCostPlan(
  projectId: string,
  kind: CostPlanKind,
  plan: unknown,
): Promise<void> {
  const json = JSON.stringify(plan);
  await (await db()).costPlan.upsert({
    where: { projectId_kind: { projectId, kind } },
    create: { projectId, kind, json },
    update: { json },
  });
}
