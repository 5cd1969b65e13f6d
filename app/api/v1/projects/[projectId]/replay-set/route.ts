import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams, ReplaySetQuery } from '@/lib/http/route-params';
import { loadReplaySet } from '@/lib/queries/load-replay';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads the sessions of a project, or of one import of it, as policies walk over them, in the layout of the replay codec. */
export const GET = defineRoute({
  params: ProjectParams,
  query: ReplaySetQuery,
  handle: async ({ params, query, request }) => {
    const { bytes, inputHash } = await loadReplaySet(
      params.projectId,
      query.import,
      request.signal,
    );
    return new Response(bytes, {
      headers: {
        'content-type': 'application/octet-stream',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-input-hash': inputHash,
      },
    });
  },
});
