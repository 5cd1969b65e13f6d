import { CreateShare } from '@/lib/contracts/report';
import { defineRoute } from '@/lib/http/define-route';
import { ReportParams } from '@/lib/http/route-params';
import { shareReport } from '@/lib/queries/share-report';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Makes a share link; the token is in this answer only. */
export const POST = defineRoute({
  params: ReportParams,
  body: CreateShare,
  handle: ({ params, body }) => shareReport(params.projectId, params.reportId, body),
});
