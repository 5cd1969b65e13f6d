import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { startReprice } from '@/lib/jobs/start-reprice';
import { loadReprice } from '@/lib/queries/load-reprice';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Says what the present prices would change for the stored calls of a project. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadReprice(params.projectId),
});

/** Queues pricing the stored calls again. */
export const POST = defineRoute({
  params: ProjectParams,
  handle: async ({ params: { projectId } }) => {
    await startReprice(projectId);
    return loadReprice(projectId);
  },
});
