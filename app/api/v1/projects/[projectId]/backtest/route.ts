import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { loadBacktest } from '@/lib/queries/load-backtest';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads how far off forecasts would have been on the sessions of a project. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadBacktest(params.projectId),
});
