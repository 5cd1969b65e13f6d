import { defineRoute } from '@/lib/http/define-route';
import { SimulationParams } from '@/lib/http/route-params';
import { cancelSimulation } from '@/lib/jobs/start-simulation';
import { loadSimulation } from '@/lib/queries/load-simulations';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Stops a simulation. */
export const POST = defineRoute({
  params: SimulationParams,
  handle: async ({ params: { projectId, runId } }) => {
    await cancelSimulation(projectId, runId);
    return loadSimulation(projectId, runId);
  },
});
