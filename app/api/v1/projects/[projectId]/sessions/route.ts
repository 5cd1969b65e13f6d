import { SessionQuery } from '@/lib/contracts/session';
import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { loadSessions } from '@/lib/queries/load-sessions';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Lists one page of sessions. */
export const GET = defineRoute({
  params: ProjectParams,
  query: SessionQuery,
  handle: ({ params, query }) => loadSessions(params.projectId, query),
});
