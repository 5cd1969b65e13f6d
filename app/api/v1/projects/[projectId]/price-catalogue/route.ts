import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { loadPriceCatalogue } from '@/lib/queries/load-prices';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Lists the standard prices of every model, as of today and with the project's own. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadPriceCatalogue(params.projectId),
});
