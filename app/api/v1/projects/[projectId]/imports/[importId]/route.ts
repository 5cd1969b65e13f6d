import { defineRoute } from '@/lib/http/define-route';
import { ImportParams } from '@/lib/http/route-params';
import { removeImport } from '@/lib/jobs/discard-project';
import { loadImport } from '@/lib/queries/load-imports';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads one import with its progress. */
export const GET = defineRoute({
  params: ImportParams,
  handle: ({ params }) => loadImport(params.projectId, params.importId),
});

/** Deletes an import with its calls. */
export const DELETE = defineRoute({
  params: ImportParams,
  handle: async ({ params }) => {
    await removeImport(params.projectId, params.importId);
    return { deleted: true as const };
  },
});
