import { CreatePolicySet } from '@/lib/contracts/policy';
import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { keepPolicySet, loadPolicySets } from '@/lib/queries/policy-sets';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Lists the named policy sets of a project. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadPolicySets(params.projectId),
});

/** Keeps policies under a name. */
export const POST = defineRoute({
  params: ProjectParams,
  body: CreatePolicySet,
  handle: ({ params, body }) => keepPolicySet(params.projectId, body),
});
