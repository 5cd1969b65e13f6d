import type { CreatePolicySet, PolicySetList, UpdatePolicySet } from '../contracts/policy';
import type { PolicySet } from '../cost/policies/policy';
import {
  createPolicySet,
  listPolicySets,
  type StoredPolicySet,
  updatePolicySet,
} from '../db/policy-set-store';
import { getProjectOrThrow } from '../db/project-store';

/** The named policy sets of a project, by name. */
export async function loadPolicySets(projectId: string): Promise<PolicySetList> {
  await getProjectOrThrow(projectId);
  return { policySets: (await listPolicySets(projectId)).map(describeSet) };
}

/** Keeps policies under a name of the project. */
export async function keepPolicySet(projectId: string, body: CreatePolicySet): Promise<PolicySet> {
  await getProjectOrThrow(projectId);
  return describeSet(await createPolicySet(projectId, body));
}

/** Renames a policy set, changes its policies, or both. */
export async function changePolicySet(
  projectId: string,
  policySetId: string,
  body: UpdatePolicySet,
): Promise<PolicySet> {
  return describeSet(await updatePolicySet(projectId, policySetId, body));
}

function describeSet({ createdAt, updatedAt, ...set }: StoredPolicySet): PolicySet {
  return { ...set, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
