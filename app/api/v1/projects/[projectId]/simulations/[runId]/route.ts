import { defineRoute } from '@/lib/http/define-route';
import { SimulationParams } from '@/lib/http/route-params';
import { loadSimulation } from '@/lib/queries/load-simulations';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads one simulation with its progress. */
export const GET = defineRoute({
  params: SimulationParams,
  handle: ({ params }) => loadSimulation(params.projectId, params.runId),
});
