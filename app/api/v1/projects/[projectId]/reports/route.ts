import { CreateReport } from '@/lib/contracts/report';
import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { freezeReport } from '@/lib/queries/freeze-report';
import { loadReports } from '@/lib/queries/load-reports';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Lists the reports of a project. */
export const GET = defineRoute({
  params: ProjectParams,
  handle: ({ params }) => loadReports(params.projectId),
});

/** Freezes what the project shows now as a report. */
export const POST = defineRoute({
  params: ProjectParams,
  body: CreateReport,
  handle: ({ params, body }) => freezeReport(params.projectId, body.title),
});
