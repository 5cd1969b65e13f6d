import { WriteModelAlias } from '@/lib/contracts/prices';
import { defineRoute } from '@/lib/http/define-route';
import { ProjectParams } from '@/lib/http/route-params';
import { writeAlias } from '@/lib/queries/write-project-prices';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Adds an alias. */
export const POST = defineRoute({
  params: ProjectParams,
  body: WriteModelAlias,
  handle: ({ params, body }) => writeAlias(params.projectId, body, null),
});
