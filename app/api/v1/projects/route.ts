import { CreateProject } from '@/lib/contracts/project';
import { createProject } from '@/lib/db/project-store';
import { defineRoute } from '@/lib/http/define-route';
import { loadProject } from '@/lib/queries/load-project';
import { loadProjects } from '@/lib/queries/load-projects';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Lists all projects. */
export const GET = defineRoute({ handle: () => loadProjects() });

/** Creates a project. */
export const POST = defineRoute({
  body: CreateProject,
  handle: async ({ body }) => loadProject((await createProject(body.name)).projectId),
});
