import { defineRoute } from '@/lib/http/define-route';
import { ImportParams } from '@/lib/http/route-params';
import { cancelImport } from '@/lib/jobs/job-runner';
import { loadImport } from '@/lib/queries/load-imports';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Stops an import and removes what it has read. */
export const POST = defineRoute({
  params: ImportParams,
  handle: async ({ params: { projectId, importId } }) => {
    await cancelImport(projectId, importId);
    return loadImport(projectId, importId);
  },
});
