import { defineRoute } from '@/lib/http/define-route';
import { ShareParams } from '@/lib/http/route-params';
import { endShare } from '@/lib/queries/share-report';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Ends a share link at once. */
export const DELETE = defineRoute({
  params: ShareParams,
  handle: ({ params }) => endShare(params.projectId, params.reportId, params.shareId),
});
