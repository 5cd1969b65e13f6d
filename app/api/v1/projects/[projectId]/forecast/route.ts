import { RunForecast } from '@/lib/contracts/forecast';
import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { loadForecast } from '@/lib/queries/load-forecast';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Forecasts what a plan will cost. */
export const POST = defineRoute({
  params: ProjectParams,
  body: RunForecast,
  handle: ({ params, body }) => loadForecast(params.projectId, body),
});
