import { PriceLookupQuery } from '@/lib/contracts/prices';
import { defineRoute } from '@/lib/http/define-route';
import { lookUpPrice } from '@/lib/queries/load-prices';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Looks up what one model costs, with where every number comes from. */
export const GET = defineRoute({
  query: PriceLookupQuery,
  handle: ({ query }) => lookUpPrice(query),
});
