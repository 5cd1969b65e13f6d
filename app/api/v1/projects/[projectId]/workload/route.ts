import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { loadWorkload } from '@/lib/queries/load-workload';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads the workload of a project for the simulator in the browser. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadWorkload(params.projectId),
});
