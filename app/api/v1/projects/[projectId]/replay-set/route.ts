import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { loadReplaySet } from '@/lib/queries/load-replay';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads the sessions of a project as policies walk over them, in the layout of the replay codec. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: async ({ params, request }) => {
    const { bytes, inputHash } = await loadReplaySet(params.projectId, request.signal);
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
