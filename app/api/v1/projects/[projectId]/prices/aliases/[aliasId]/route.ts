import { WriteModelAlias } from '@/lib/contracts/prices';
import { defineRoute } from '@/lib/http/define-route';
import { AliasParams } from '@/lib/http/route-params';
import { removeAlias, writeAlias } from '@/lib/queries/write-project-prices';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Puts an alias in the place of one. */
export const PUT = defineRoute({
  params: AliasParams,
  body: WriteModelAlias,
  handle: ({ params, body }) => writeAlias(params.projectId, body, params.aliasId),
});

/** Removes an alias. */
export const DELETE = defineRoute({
  params: AliasParams,
  handle: ({ params }) => removeAlias(params.projectId, params.aliasId),
});
