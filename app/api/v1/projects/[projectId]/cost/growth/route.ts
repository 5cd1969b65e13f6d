import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { loadCostGrowth } from '@/lib/queries/load-cost-growth';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads how the cost of a project's sessions grows with their history. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadCostGrowth(params.projectId),
});
