import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { loadCostAnatomy } from '@/lib/queries/load-cost-anatomy';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads what the cost of a project is made of. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadCostAnatomy(params.projectId),
});
