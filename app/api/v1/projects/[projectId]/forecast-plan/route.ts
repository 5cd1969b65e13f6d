import { ForecastPlan } from '@/lib/cost/forecast/forecast';
import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { keepForecastPlan, loadForecastPlan } from '@/lib/queries/load-forecast';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads the plan that a project keeps. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadForecastPlan(params.projectId),
});

/** Keeps a plan in place of the one before it. */
export const PUT = defineRoute({
  params: ProjectParams,
  body: ForecastPlan,
  handle: ({ params, body }) => keepForecastPlan(params.projectId, body),
});
