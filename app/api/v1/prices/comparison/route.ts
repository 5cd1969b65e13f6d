import { CompareFiles, ComparisonQuery } from '@/lib/contracts/prices';
import { AppError } from '@/lib/errors';
import { defineRoute } from '@/lib/http/define-route';
import { readFileBody } from '@/lib/http/read-file-body';
import { loadPriceComparison } from '@/lib/queries/load-price-comparison';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

const bytesMax = 40 * 1024 ** 2;

/** Compares the book in use with those that are kept. */
export const GET = defineRoute({
  query: ComparisonQuery,
  handle: ({ query }) => loadPriceComparison(query),
});

/** Compares it with files as well, which are not kept. */
export const POST = defineRoute({
  query: ComparisonQuery,
  handle: async ({ query, request }) =>
    loadPriceComparison(query, readFiles(await readFileBody(request, bytesMax))),
});

function readFiles(body: Uint8Array): CompareFiles['files'] {
  try {
    return CompareFiles.parse(JSON.parse(new TextDecoder().decode(body))).files;
  } catch {
    throw new AppError('invalid_input', 'The body has to hold files, each with name and text.');
  }
}
