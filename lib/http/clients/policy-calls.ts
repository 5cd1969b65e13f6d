import { type CreatePolicySet, PolicySetList, type UpdatePolicySet } from '../../contracts/policy';
import { Deleted } from '../../contracts/project';
import { PolicySet } from '../../cost/policies/policy';
import { projectPath, type Send, segment } from '../api-send';

const setsPath = (projectId: string) => `${projectPath(projectId)}/policy-sets`;
const setPath = (projectId: string, policySetId: string) =>
  `${setsPath(projectId)}/${segment(policySetId)}`;

/** Calls of the API about the named policy sets of a project. */
export const policyCalls = (send: Send) => ({
  listPolicySets: (projectId: string, signal?: AbortSignal) =>
    send(PolicySetList, 'GET', setsPath(projectId), undefined, signal),
  createPolicySet: (projectId: string, body: CreatePolicySet) =>
    send(PolicySet, 'POST', setsPath(projectId), body),
  updatePolicySet: (projectId: string, policySetId: string, body: UpdatePolicySet) =>
    send(PolicySet, 'PATCH', setPath(projectId, policySetId), body),
  deletePolicySet: (projectId: string, policySetId: string) =>
    send(Deleted, 'DELETE', setPath(projectId, policySetId)),
});
