import { UpdateProject } from '@/lib/contracts/project';
import { updateProject } from '@/lib/db/project-store';
import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { discardProject } from '@/lib/jobs/discard-project';
import { loadProject } from '@/lib/queries/load-project';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads one project. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadProject(params.projectId),
});

/** Changes what is given of a project. */
export const PATCH = defineRoute({
  params: ProjectParams,
  body: UpdateProject,
  handle: async ({ params, body }) => {
    await updateProject(params.projectId, body);
    return loadProject(params.projectId);
  },
});

/** Deletes a project with everything that belongs to it. */
export const DELETE = defineRoute({
  params: ProjectParams,
  handle: async ({ params }) => {
    await discardProject(params.projectId);
    return { deleted: true as const };
  },
});
