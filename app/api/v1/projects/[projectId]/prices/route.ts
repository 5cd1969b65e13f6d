import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { loadProjectPrices } from '@/lib/queries/load-prices';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads a project's own prices and what the models of its traces resolve to. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadProjectPrices(params.projectId),
});
