import { UpdatePolicySet } from '@/lib/contracts/policy';
import { deletePolicySet } from '@/lib/db/policy-set-store';
import { defineRoute } from '@/lib/http/define-route';
import { PolicySetParams } from '@/lib/http/route-params';
import { changePolicySet } from '@/lib/queries/policy-sets';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Renames a policy set, changes its policies, or both. */
export const PATCH = defineRoute({
  params: PolicySetParams,
  body: UpdatePolicySet,
  handle: ({ params, body }) => changePolicySet(params.projectId, params.policySetId, body),
});

/** Deletes a policy set. */
export const DELETE = defineRoute({
  params: PolicySetParams,
  handle: async ({ params }) => {
    await deletePolicySet(params.projectId, params.policySetId);
    return { deleted: true as const };
  },
});
