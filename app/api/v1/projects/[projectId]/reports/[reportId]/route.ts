import { defineRoute } from '@/lib/http/define-route';
import { ReportParams } from '@/lib/http/route-params';
import { loadReport } from '@/lib/queries/load-report';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Reads one report with its share links. */
export const GET = defineRoute({
  params: ReportParams,
  handle: ({ params }) => loadReport(params.projectId, params.reportId),
});
