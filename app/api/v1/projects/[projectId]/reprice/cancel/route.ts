import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { cancelReprice } from '@/lib/jobs/start-reprice';
import { loadReprice } from '@/lib/queries/load-reprice';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Stops pricing the stored calls again; imports that are done keep their new prices. */
export const POST = defineRoute({
  params: ProjectParams,
  handle: async ({ params: { projectId } }) => {
    await cancelReprice(projectId);
    return loadReprice(projectId);
  },
});
