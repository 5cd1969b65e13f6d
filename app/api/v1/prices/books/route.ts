import { BookNameQuery, PriceDataQuery } from '@/lib/contracts/prices';
import { dropBook } from '@/lib/db/price-data-store';
import { defineRoute } from '@/lib/http/define-route';
import { readFileBody } from '@/lib/http/read-file-body';
import { takeComparisonBook } from '@/lib/queries/take-price-data';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

const bytesMax = 20 * 1024 ** 2;

/** Keeps a price book to compare with. The body is the file. */
export const POST = defineRoute({
  query: PriceDataQuery,
  handle: async ({ query, request }) =>
    takeComparisonBook(await readFileBody(request, bytesMax), query),
});

/** Removes a book that is kept to compare with. */
export const DELETE = defineRoute({
  query: BookNameQuery,
  handle: async ({ query }) => {
    await dropBook(query.name);
    return { deleted: true as const };
  },
});
