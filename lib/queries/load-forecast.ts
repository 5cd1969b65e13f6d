import type {
  ForecastBasisQuery,
  ForecastBasisResponse,
  ForecastPlanResponse,
  ForecastResponse,
} from '../contracts/forecast';
import type { CostModel } from '../cost/cost-model';
import { Forecast, ForecastBasis, ForecastPlan, type MixKey } from '../cost/forecast/forecast';
import type { ExponentFit } from '../cost/forecast/length-cost';
import type { PolicyList } from '../cost/policies/policy';
import { type PriceBookSources, standardSources } from '../cost/price-override';
import { findCostPlan, saveCostPlan } from '../db/cost-plan-store';
import { listPolicySets } from '../db/policy-set-store';
import { readPriceSources } from '../db/price-store';
import { getProjectOrThrow } from '../db/project-store';
import { findLatestRun } from '../db/simulation-store';
import { AppError } from '../errors';
import type { ForecastRequest } from '../jobs/forecast-models';
import { hashOf, loadSessionSet, selectImports } from '../jobs/session-source';
import { groupCalls } from '../sessions/group-calls';
import type { SessionSet } from '../sessions/session';
import { loadCost } from './load-cost';
import { loadFactorOf } from './load-factor-of';
import { appVersion } from './load-health';
import { fitInThread } from './load-model';

/** The plan that a project keeps. */
export async function loadForecastPlan(projectId: string): Promise<ForecastPlanResponse> {
  await getProjectOrThrow(projectId);
  return { plan: ForecastPlan.nullable().parse(await findCostPlan(projectId, 'forecast')) };
}

/** Keeps a plan in place of the one before it. */
export async function keepForecastPlan(
  projectId: string,
  plan: ForecastPlan,
): Promise<ForecastPlanResponse> {
  await getProjectOrThrow(projectId);
  await findPolicies(projectId, plan.policySetId);
  await saveCostPlan(projectId, 'forecast', plan);
  return { plan };
}

/** What forecasts of a project rest on, under some policies. */
export async function loadForecastBasis(
  projectId: string,
  { by = 'agent', policySetId }: ForecastBasisQuery,
): Promise<ForecastBasisResponse> {
  return readBasis(projectId, by, policySetId ?? null);
}

/** The forecast of a plan. */
export async function loadForecast(
  projectId: string,
  { plan, seed }: { readonly plan: ForecastPlan; readonly seed: number },
): Promise<ForecastResponse> {
  const { basis, inputHash } = await readBasis(
    projectId,
    plan.mix?.by ?? 'agent',
    plan.policySetId,
  );
  if (basis === null) return { plan, forecast: null, observed: null, inputHash };
  const forecast = await askThread(groupCalls([], 0), { kind: 'plan', plan, basis, seed });
  return { plan, forecast: Forecast.parse(forecast), observed: basis, inputHash };
}

/** What the latest forecasts rested on, so that another plan needs no reading of sessions. */
const keptMax = 8;
const holder = globalThis as typeof globalThis & {
  plimsollForecastBases?: Map<string, Promise<ForecastBasis | null>>;
};

async function readBasis(
  projectId: string,
  segmentKey: MixKey,
  policySetId: string | null,
): Promise<ForecastBasisResponse> {
  const { model, inputHash: costHash } = await loadCost(projectId);
  const policies = await findPolicies(projectId, policySetId);
  const selection = await selectImports(projectId);
  const sources = await readPriceSources(projectId);
  const load = loadFactorOf((await findLatestRun(projectId))?.run ?? null);
  const inputHash = hashOf([costHash, policies, segmentKey, load, appVersion]);
  holder.plimsollForecastBases ??= new Map();
  const kept = holder.plimsollForecastBases;
  const key = `${projectId}:${inputHash}`;
  const build = async () => {
    const set = await loadSessionSet(projectId, selection);
    if (set === null) return null;
    const lengthFit = lengthFitOf(model);
    const request = { kind: 'basis', policies, segmentKey, lengthFit, load } as const;
    return ForecastBasis.parse(await askThread(set, request, sources));
  };
  const building = kept.get(key) ?? build();
  kept.delete(key);
  kept.set(key, building);
  for (const oldest of kept.keys()) if (kept.size > keptMax) kept.delete(oldest);
  building.catch(() => kept.delete(key));
  return { basis: await building, inputHash };
}

function lengthFitOf(model: CostModel | null): ExponentFit | null {
  const growth = model?.growth ?? null;
  if (growth === null) return null;
  return { exponent: growth.exponent, exponentInterval95: growth.exponentInterval95 };
}

function askThread(
  set: SessionSet,
  request: ForecastRequest,
  sources: PriceBookSources = standardSources,
): Promise<unknown> {
  return fitInThread({ kind: 'forecast', set, sources, forecast: request });
}

async function findPolicies(projectId: string, policySetId: string | null): Promise<PolicyList> {
  if (policySetId === null) return [];
  const sets = await listPolicySets(projectId);
  const set = sets.find((one) => one.policySetId === policySetId);
  if (set === undefined) {
    throw new AppError('not_found', 'The policy set of this plan is gone. Choose another one.');
  }
  return set.policies;
}
