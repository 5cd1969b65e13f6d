import type { ForecastPlan } from '../cost/forecast/forecast';
import { describePolicy } from '../cost/policies/describe-policy';
import { listPolicySets } from '../db/policy-set-store';
import { AppError } from '../errors';
import type { FrozenForecast } from '../report/frozen-forecast';
import { loadForecast, loadForecastPlan } from './load-forecast';

/** Seed of the forecast page, so that a report shows the numbers that were seen there. */
const forecastSeed = 1;

/** What the saved plan of a project costs now, as a report keeps it; null where none is saved. */
export async function freezeForecast(projectId: string): Promise<FrozenForecast | null> {
  const { plan } = await loadForecastPlan(projectId);
  if (plan === null) return null;
  return {
    plan: withoutUsers(plan),
    policies: await findPolicyWords(projectId, plan.policySetId),
    result: await drawResult(projectId, plan),
  };
}

async function drawResult(
  projectId: string,
  plan: ForecastPlan,
): Promise<FrozenForecast['result']> {
  try {
    const { forecast } = await loadForecast(projectId, { plan, seed: forecastSeed });
    return forecast ?? { kind: 'not_drawn', reason: 'No import is completed.' };
  } catch (error) {
    // A plan whose policy set is gone has no forecast; the report still has all else.
    if (error instanceof AppError && error.code === 'not_found') {
      return { kind: 'not_drawn', reason: error.message };
    }
    throw error;
  }
}

async function findPolicyWords(
  projectId: string,
  policySetId: string | null,
): Promise<FrozenForecast['policies']> {
  const sets = policySetId === null ? [] : await listPolicySets(projectId);
  const set = sets.find((one) => one.policySetId === policySetId);
  if (set === undefined) return null;
  return {
    name: wellFormed(set.name),
    words: set.policies.map((policy) => wellFormed(describePolicy(policy))),
  };
}

/** A report goes to people who may not see whose sessions these are. */
function withoutUsers(plan: ForecastPlan): ForecastPlan {
  const { mix } = plan;
  if (mix === null) return plan;
  const nameOf = (name: string, index: number) =>
    mix.by === 'tenant' ? `user ${index + 1}` : wellFormed(name);
  const shares = mix.shares.map(({ name, share }, index) => ({ name: nameOf(name, index), share }));
  return { ...plan, mix: { ...mix, shares } };
}

/** Half a character has no place in canonical JSON. */
const wellFormed = (text: string) => text.replace(/\p{Cs}/gu, '\ufffd');
