import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { loadReadiness } from '@/lib/queries/load-readiness';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads the assessment of a project as of now. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadReadiness(params.projectId),
});
