import { CreateImport } from '@/lib/contracts/import';
import { createImport } from '@/lib/db/import-store';
import { getProjectOrThrow } from '@/lib/db/project-store';
import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { jobRunner } from '@/lib/jobs/job-runner';
import { loadImport, loadImports } from '@/lib/queries/load-imports';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Lists the imports of a project. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadImports(params.projectId),
});

/** Creates an import that waits for files. */
export const POST = defineRoute({
  params: ProjectParams,
  body: CreateImport,
  handle: async ({ params: { projectId }, body }) => {
    await getProjectOrThrow(projectId);
    // What an earlier process left has to be put right before there is something new to mistake for it.
    await jobRunner();
    const { importId } = await createImport(projectId, body.label ?? 'Import');
    return loadImport(projectId, importId);
  },
});
