import { ForecastBasisQuery } from '@/lib/contracts/forecast';
import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { loadForecastBasis } from '@/lib/queries/load-forecast';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads what forecasts of a project rest on. */
export const GET = defineRoute({
  params: ProjectParams,
  query: ForecastBasisQuery,
  handle: ({ params, query }) => loadForecastBasis(params.projectId, query),
});
