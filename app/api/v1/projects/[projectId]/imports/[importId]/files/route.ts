import { AppError } from '@/lib/errors';
import { defineRoute } from '@/lib/http/define-route';
import { FileQuery, ImportParams } from '@/lib/http/route-params';
import { receiveFile } from '@/lib/jobs/receive-file';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

/** Receives one file, unparsed, as the body of the request. */
export const PUT = defineRoute({
  params: ImportParams,
  query: FileQuery,
  handle: async ({ params, query, request }) => {
    const body = request.body ?? new Blob([]).stream();
    const length = Number(request.headers.get('content-length') ?? Number.NaN);
    if (request.bodyUsed) throw new AppError('invalid_input', 'The file was read before.');
    const { name, bytes, sha256 } = await receiveFile(params.projectId, params.importId, {
      name: query.name,
      body,
      bytesExpected: Number.isFinite(length) ? length : null,
    });
    return { name, bytes, sha256 };
  },
});
