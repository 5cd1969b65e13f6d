import { ComparisonQuery } from '@/lib/contracts/prices';
import { defineRoute } from '@/lib/http/define-route';
import { loadPriceComparison } from '@/lib/queries/load-price-comparison';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Compares the book in use with those that are kept. */
export const GET = defineRoute({
  query: ComparisonQuery,
  handle: ({ query }) => loadPriceComparison(query),
});
