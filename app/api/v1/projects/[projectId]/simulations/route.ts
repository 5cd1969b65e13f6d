import { StartSimulation } from '@/lib/contracts/simulation';
import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { startSimulation } from '@/lib/jobs/start-simulation';
import { loadSimulation, loadSimulations } from '@/lib/queries/load-simulations';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Lists the simulations of a project. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadSimulations(params.projectId),
});

/** Queues a run of a scenario. */
export const POST = defineRoute({
  params: ProjectParams,
  body: StartSimulation,
  handle: async ({ params: { projectId }, body }) =>
    loadSimulation(projectId, await startSimulation(projectId, body.scenario)),
});
