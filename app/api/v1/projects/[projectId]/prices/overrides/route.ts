import { WritePriceOverride } from '@/lib/contracts/prices';
import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { writeOverride } from '@/lib/queries/write-project-prices';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Adds a price of the project's own. */
export const POST = defineRoute({
  params: ProjectParams,
  body: WritePriceOverride,
  handle: ({ params, body }) => writeOverride(params.projectId, body, null),
});
