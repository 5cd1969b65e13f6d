import type { z } from 'zod';
import { ErrorResponse } from '../contracts/error';
import { ReceivedFile } from '../contracts/import';
import { AppError, type AppErrorCode } from '../errors';
import { projectPath, type Send, type SendFile, searchOf, segment } from './api-send';
import { backtestCalls } from './clients/backtest-calls';
import { costCalls } from './clients/cost-calls';
import { costGrowthCalls } from './clients/cost-growth-calls';
import { forecastCalls } from './clients/forecast-calls';
import { importCalls } from './clients/import-calls';
import { policyCalls } from './clients/policy-calls';
import { priceCalls } from './clients/price-calls';
import { projectCalls } from './clients/project-calls';
import { replayCalls } from './clients/replay-calls';
import { reportCalls } from './clients/report-calls';
import { repriceCalls } from './clients/reprice-calls';
import { sessionCalls } from './clients/session-calls';
import { simulationCalls } from './clients/simulation-calls';

/** Anything that answers a `Request`: the network, or the route handlers of this process. */
export type Transport = (request: Request) => Promise<Response>;

/**
 * Typed client of the HTTP API, used by pages, by the command and by tests.
 *
 * @param baseUrl origin of the server, without a trailing slash
 * @param transport how requests travel; the network by default
 * @throws AppError with the server's code and message for every answer that is not a success
 */
export function createApiClient(baseUrl: string, transport: Transport = (r) => fetch(r)) {
  const send = sendThrough(baseUrl, transport);
  const sendFile: SendFile = async (schema, method, path, file) => {
    const headers = { accept: 'application/json', 'content-type': 'application/octet-stream' };
    const request = new Request(`${baseUrl}${path}`, { method, headers, body: file });
    return readAnswer(schema, await transport(request));
  };

  return {
    ...backtestCalls(send),
    ...costCalls(send),
    ...costGrowthCalls(send),
    ...forecastCalls(send),
    ...importCalls(send),
    ...policyCalls(send),
    ...priceCalls(send, sendFile),
    ...projectCalls(send),
    ...replayCalls(send),
    ...reportCalls(send),
    ...repriceCalls(send),
    ...sessionCalls(send),
    ...simulationCalls(send),
    /** Sends one file, unparsed; `name` may hold a relative path and is only ever shown. */
    uploadFile: async (
      projectId: string,
      importId: string,
      name: string,
      body: Blob | ReadableStream<Uint8Array>,
    ) => {
      const url = `${baseUrl}${projectPath(projectId)}/imports/${segment(importId)}/files?name=${segment(name)}`;
      const init: RequestInit & { duplex?: 'half' } = { method: 'PUT', body, duplex: 'half' };
      init.headers = { 'content-type': 'application/octet-stream' };
      return readAnswer(ReceivedFile, await transport(new Request(url, init)));
    },
    /**
     * The sessions of a project, or of one import of it, in the layout of the replay codec and not
     * yet decoded; the hash changes when they, or the prices with them, do.
     */
    getReplaySet: async (projectId: string, importId?: string | null, signal?: AbortSignal) => {
      const search = importId == null ? '' : `?${searchOf({ import: importId })}`;
      const url = `${baseUrl}${projectPath(projectId)}/replay-set${search}`;
      const response = await transport(new Request(url, signal === undefined ? {} : { signal }));
      if (!response.ok) throw await readError(response);
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { bytes, inputHash: response.headers.get('x-input-hash') ?? '' };
    },
  };
}
export type ApiClient = ReturnType<typeof createApiClient>;

function sendThrough(baseUrl: string, transport: Transport): Send {
  return async <T>(
    schema: z.ZodType<T>,
    method: string,
    path: string,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<T> => {
    const init: RequestInit = { method, headers: { accept: 'application/json' } };
    if (signal !== undefined) init.signal = signal;
    if (body !== undefined) {
      init.headers = { ...init.headers, 'content-type': 'application/json' };
      init.body = JSON.stringify(body);
    }
    return readAnswer(schema, await transport(new Request(`${baseUrl}${path}`, init)));
  };
}

async function readAnswer<T>(schema: z.ZodType<T>, response: Response): Promise<T> {
  if (!response.ok) throw await readError(response);
  return schema.parse(await response.json().catch(() => null));
}

async function readError(response: Response): Promise<AppError> {
  const parsed = ErrorResponse.safeParse(await response.json().catch(() => null));
  if (!parsed.success) {
    return new AppError(
      'internal',
      `The server answered ${response.status} without an explanation.`,
    );
  }
  const { code, message, issues, referenceId } = parsed.data.error;
  const reference = referenceId === undefined ? '' : ` (reference ${referenceId})`;
  return new AppError(code as AppErrorCode, `${message}${reference}`, issues ?? []);
}
