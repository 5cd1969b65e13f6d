import { ReplayRequest } from '@/lib/contracts/replay';
import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { loadReplay } from '@/lib/queries/load-replay';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Prices the sessions of a project again under the policies of the body. */
export const POST = defineRoute({
  params: ProjectParams,
  body: ReplayRequest,
  handle: ({ params, body, request }) => loadReplay(params.projectId, body, request.signal),
});
