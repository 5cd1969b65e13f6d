import { PriceDataQuery } from '@/lib/contracts/prices';
import { defineRoute } from '@/lib/http/define-route';
import { readFileBody } from '@/lib/http/read-file-body';
import { resetPriceData, takePriceData } from '@/lib/queries/take-price-data';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

const bytesMax = 20 * 1024 ** 2;

/** Puts newer base data in the place of that in use. The body is the file. */
export const POST = defineRoute({
  query: PriceDataQuery,
  handle: async ({ query, request }) => takePriceData(await readFileBody(request, bytesMax), query),
});

/** Goes back to the base that is installed. */
export const DELETE = defineRoute({ handle: () => resetPriceData() });
