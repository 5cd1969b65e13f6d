import { z } from 'zod';
import { PolicyList, PolicySet } from '../cost/policies/policy';

const setName = z.string().trim().min(1).max(120);

/** The named policy sets of a project, by name. */
export const PolicySetList = z.object({ policySets: z.array(PolicySet) });
export type PolicySetList = z.infer<typeof PolicySetList>;

/** Policies to be kept under a name that no other set of the project has. */
export const CreatePolicySet = z.strictObject({ name: setName, policies: PolicyList });
export type CreatePolicySet = z.infer<typeof CreatePolicySet>;

/** Another name, other policies, or both; what is left out stays. */
export const UpdatePolicySet = z.strictObject({
  name: setName.optional(),
  policies: PolicyList.optional(),
});
export type UpdatePolicySet = z.infer<typeof UpdatePolicySet>;
