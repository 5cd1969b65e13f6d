import { PriceQuery } from '@/lib/contracts/prices';
import { defineRoute } from '@/lib/http/define-route';
import { loadPriceBook } from '@/lib/queries/load-prices';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Lists the price book without anything of a project. */
export const GET = defineRoute({
  query: PriceQuery,
  handle: ({ query }) => loadPriceBook(query),
});
