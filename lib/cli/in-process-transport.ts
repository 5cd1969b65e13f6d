import { closeDb } from '../db/client';
import { closeTraceStore, openTraceStore } from '../db/trace-store/connection';
import { AppError } from '../errors';
import type { Transport } from '../http/api-client';
import { jobRunner, stopJobRunner } from '../jobs/job-runner';

/** A handler of a route module, called as Next.js calls it. */
type RouteHandler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

const imports = '/api/v1/projects/[projectId]/imports';
const prices = '/api/v1/projects/[projectId]/prices';
const simulations = '/api/v1/projects/[projectId]/simulations';
const reports = '/api/v1/projects/[projectId]/reports';

/** Path of every route of the API, in Next.js's notation, and its module. */
export const routeModules: Readonly<Record<string, () => Promise<object>>> = {
  '/api/v1/health': () => import('@/app/api/v1/health/route'),
  '/api/v1/projects': () => import('@/app/api/v1/projects/route'),
  '/api/v1/projects/[projectId]': () => import('@/app/api/v1/projects/[projectId]/route'),
  [imports]: () => import('@/app/api/v1/projects/[projectId]/imports/route'),
  [`${imports}/[importId]`]: () =>
    import('@/app/api/v1/projects/[projectId]/imports/[importId]/route'),
  [`${imports}/[importId]/files`]: () =>
    import('@/app/api/v1/projects/[projectId]/imports/[importId]/files/route'),
  [`${imports}/[importId]/start`]: () =>
    import('@/app/api/v1/projects/[projectId]/imports/[importId]/start/route'),
  [`${imports}/[importId]/cancel`]: () =>
    import('@/app/api/v1/projects/[projectId]/imports/[importId]/cancel/route'),
  '/api/v1/projects/[projectId]/tokens': () =>
    import('@/app/api/v1/projects/[projectId]/tokens/route'),
  '/api/v1/projects/[projectId]/tokens/[tokenId]': () =>
    import('@/app/api/v1/projects/[projectId]/tokens/[tokenId]/route'),
  [`${imports}/[importId]/preview`]: () =>
    import('@/app/api/v1/projects/[projectId]/imports/[importId]/preview/route'),
  [`${imports}/[importId]/records`]: () =>
    import('@/app/api/v1/projects/[projectId]/imports/[importId]/records/route'),
  '/api/v1/projects/[projectId]/sessions': () =>
    import('@/app/api/v1/projects/[projectId]/sessions/route'),
  '/api/v1/projects/[projectId]/sessions/[sessionId]': () =>
    import('@/app/api/v1/projects/[projectId]/sessions/[sessionId]/route'),
  '/api/v1/projects/[projectId]/session-facets': () =>
    import('@/app/api/v1/projects/[projectId]/session-facets/route'),
  '/api/v1/projects/[projectId]/session-histogram': () =>
    import('@/app/api/v1/projects/[projectId]/session-histogram/route'),
  '/api/v1/projects/[projectId]/session-export': () =>
    import('@/app/api/v1/projects/[projectId]/session-export/route'),
  '/api/v1/projects/[projectId]/replay-set': () =>
    import('@/app/api/v1/projects/[projectId]/replay-set/route'),
  '/api/v1/projects/[projectId]/policies/replay': () =>
    import('@/app/api/v1/projects/[projectId]/policies/replay/route'),
  '/api/v1/projects/[projectId]/cost': () => import('@/app/api/v1/projects/[projectId]/cost/route'),
  '/api/v1/projects/[projectId]/backtest': () =>
    import('@/app/api/v1/projects/[projectId]/backtest/route'),
  '/api/v1/projects/[projectId]/cost/anatomy': () =>
    import('@/app/api/v1/projects/[projectId]/cost/anatomy/route'),
  '/api/v1/projects/[projectId]/cost/growth': () =>
    import('@/app/api/v1/projects/[projectId]/cost/growth/route'),
  '/api/v1/projects/[projectId]/policy-sets': () =>
    import('@/app/api/v1/projects/[projectId]/policy-sets/route'),
  '/api/v1/projects/[projectId]/policy-sets/[policySetId]': () =>
    import('@/app/api/v1/projects/[projectId]/policy-sets/[policySetId]/route'),
  '/api/v1/projects/[projectId]/reprice': () =>
    import('@/app/api/v1/projects/[projectId]/reprice/route'),
  '/api/v1/projects/[projectId]/reprice/cancel': () =>
    import('@/app/api/v1/projects/[projectId]/reprice/cancel/route'),
  '/api/v1/projects/[projectId]/forecast': () =>
    import('@/app/api/v1/projects/[projectId]/forecast/route'),
  '/api/v1/projects/[projectId]/forecast-basis': () =>
    import('@/app/api/v1/projects/[projectId]/forecast-basis/route'),
  '/api/v1/projects/[projectId]/forecast-plan': () =>
    import('@/app/api/v1/projects/[projectId]/forecast-plan/route'),
  '/api/v1/prices': () => import('@/app/api/v1/prices/route'),
  '/api/v1/prices/data': () => import('@/app/api/v1/prices/data/route'),
  '/api/v1/prices/books': () => import('@/app/api/v1/prices/books/route'),
  '/api/v1/prices/lookup': () => import('@/app/api/v1/prices/lookup/route'),
  '/api/v1/prices/comparison': () => import('@/app/api/v1/prices/comparison/route'),
  [prices]: () => import('@/app/api/v1/projects/[projectId]/prices/route'),
  [`${prices}/overrides`]: () => import('@/app/api/v1/projects/[projectId]/prices/overrides/route'),
  [`${prices}/overrides/[overrideId]`]: () =>
    import('@/app/api/v1/projects/[projectId]/prices/overrides/[overrideId]/route'),
  [`${prices}/aliases`]: () => import('@/app/api/v1/projects/[projectId]/prices/aliases/route'),
  [`${prices}/aliases/[aliasId]`]: () =>
    import('@/app/api/v1/projects/[projectId]/prices/aliases/[aliasId]/route'),
  '/api/v1/projects/[projectId]/price-catalogue': () =>
    import('@/app/api/v1/projects/[projectId]/price-catalogue/route'),
  '/api/v1/projects/[projectId]/infrastructure': () =>
    import('@/app/api/v1/projects/[projectId]/infrastructure/route'),
  '/api/v1/projects/[projectId]/workload': () =>
    import('@/app/api/v1/projects/[projectId]/workload/route'),
  [simulations]: () => import('@/app/api/v1/projects/[projectId]/simulations/route'),
  [`${simulations}/[runId]`]: () =>
    import('@/app/api/v1/projects/[projectId]/simulations/[runId]/route'),
  [`${simulations}/[runId]/cancel`]: () =>
    import('@/app/api/v1/projects/[projectId]/simulations/[runId]/cancel/route'),
  '/api/v1/projects/[projectId]/readiness': () =>
    import('@/app/api/v1/projects/[projectId]/readiness/route'),
  [reports]: () => import('@/app/api/v1/projects/[projectId]/reports/route'),
  [`${reports}/[reportId]`]: () =>
    import('@/app/api/v1/projects/[projectId]/reports/[reportId]/route'),
  [`${reports}/[reportId]/shares`]: () =>
    import('@/app/api/v1/projects/[projectId]/reports/[reportId]/shares/route'),
  [`${reports}/[reportId]/shares/[shareId]`]: () =>
    import('@/app/api/v1/projects/[projectId]/reports/[reportId]/shares/[shareId]/route'),
};

const routes = Object.entries(routeModules).map(([path, load]) => ({
  segments: path.split('/'),
  load,
}));

/** @returns the values of the bracketed segments; null where the path is another one */
function matchPath(
  pattern: readonly string[],
  path: readonly string[],
): Record<string, string> | null {
  if (pattern.length !== path.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const given = path[index] ?? '';
    if (segment.startsWith('[')) params[segment.slice(1, -1)] = decodeURIComponent(given);
    else if (segment !== given) return null;
  }
  return params;
}

async function dispatch(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.split('/');
  for (const route of routes) {
    const params = matchPath(route.segments, path);
    if (params === null) continue;
    const handler: unknown = Reflect.get(await route.load(), request.method);
    if (typeof handler !== 'function') break;
    return (handler as RouteHandler)(request, { params: Promise.resolve(params) });
  }
  throw new AppError('not_found', `The API has no ${request.method} ${path.join('/')}.`);
}

/** Makes the body of an upload end when the signal does; everything else runs to its end. */
function withAbortableBody(request: Request, signal: AbortSignal): Request {
  if (request.method !== 'PUT' || request.body === null) return request;
  const body = request.body.pipeThrough(new TransformStream(), { signal });
  const init: RequestInit & { duplex: 'half' } = {
    method: request.method,
    headers: request.headers,
    body,
    duplex: 'half',
  };
  return new Request(request.url, init);
}

/**
 * Opens the stores in this process and answers requests with the route handlers of the server.
 *
 * @param signal ends uploads early
 * @throws AppError when another process holds the data directory
 */
export async function openInProcess(
  signal: AbortSignal,
): Promise<{ transport: Transport; close(): Promise<void> }> {
  const close = async () => {
    await stopJobRunner();
    await closeTraceStore();
    await closeDb();
  };
  try {
    // The trace store comes first: its lock keeps two processes out of one directory.
    await openTraceStore();
    await jobRunner();
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  return { transport: (request) => dispatch(withAbortableBody(request, signal)), close };
}
