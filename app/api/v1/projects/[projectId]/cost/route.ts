import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { loadCost } from '@/lib/queries/load-cost';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads what the sessions of a project cost. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadCost(params.projectId),
});
