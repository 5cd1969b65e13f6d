import { WritePriceOverride } from '@/lib/contracts/prices';
import { defineRoute } from '@/lib/http/define-route';
import { OverrideParams } from '@/lib/http/route-params';
import { removeOverride, writeOverride } from '@/lib/queries/write-project-prices';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Puts a price in the place of one of the project's own. */
export const PUT = defineRoute({
  params: OverrideParams,
  body: WritePriceOverride,
  handle: ({ params, body }) => writeOverride(params.projectId, body, params.overrideId),
});

/** Removes a price of the project's own. */
export const DELETE = defineRoute({
  params: OverrideParams,
  handle: ({ params }) => removeOverride(params.projectId, params.overrideId),
});
