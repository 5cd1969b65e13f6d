import type { z } from 'zod';
import { ErrorResponse } from '../contracts/error';
import {
  type CreateImport,
  ImportList,
  ImportPreview,
  ImportState,
  type PreviewImport,
  RawRecords,
  ReceivedFile,
  type StartImport,
} from '../contracts/import';
import {
  type CreateProject,
  Deleted,
  Health,
  Project,
  ProjectList,
  type UpdateProject,
} from '../contracts/project';
import { ReadinessResponse } from '../contracts/readiness';
import {
  CreatedShare,
  type CreateReport,
  type CreateShare,
  ReportDetail,
  ReportList,
  ShareLink,
} from '../contracts/report';
import {
  type ExportQuery,
  type HistogramQuery,
  type NeighbourQuery,
  SessionDetail,
  SessionFacets,
  SessionHistogram,
  SessionPage,
  type SessionQuery,
  type SessionSelection,
} from '../contracts/session';
import {
  SimulationList,
  SimulationState,
  type StartSimulation,
  WorkloadResponse,
} from '../contracts/simulation';
import { CreatedToken, type CreateToken, ProjectToken, ProjectTokenList } from '../contracts/token';
import { AppError, type AppErrorCode } from '../errors';
import { projectPath, type Send, type SendFile, searchOf, segment } from './api-send';
import { backtestCalls } from './clients/backtest-calls';
import { costCalls } from './clients/cost-calls';
import { costGrowthCalls } from './clients/cost-growth-calls';
import { forecastCalls } from './clients/forecast-calls';
import { policyCalls } from './clients/policy-calls';
import { priceCalls } from './clients/price-calls';
import { replayCalls } from './clients/replay-calls';
import { repriceCalls } from './clients/reprice-calls';

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
  const send: Send = async <T>(
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
  const sendFile: SendFile = async (schema, method, path, file) => {
    const headers = { accept: 'application/json', 'content-type': 'application/octet-stream' };
    const request = new Request(`${baseUrl}${path}`, { method, headers, body: file });
    return readAnswer(schema, await transport(request));
  };

  return {
    getHealth: (signal?: AbortSignal) => send(Health, 'GET', '/api/v1/health', undefined, signal),

    listProjects: (signal?: AbortSignal) =>
      send(ProjectList, 'GET', '/api/v1/projects', undefined, signal),
    createProject: (body: CreateProject) => send(Project, 'POST', '/api/v1/projects', body),
    getProject: (projectId: string, signal?: AbortSignal) =>
      send(Project, 'GET', projectPath(projectId), undefined, signal),
    updateProject: (projectId: string, body: UpdateProject) =>
      send(Project, 'PATCH', projectPath(projectId), body),
    deleteProject: (projectId: string) => send(Deleted, 'DELETE', projectPath(projectId)),

    listImports: (projectId: string, signal?: AbortSignal) =>
      send(ImportList, 'GET', `${projectPath(projectId)}/imports`, undefined, signal),
    createImport: (projectId: string, body: CreateImport) =>
      send(ImportState, 'POST', `${projectPath(projectId)}/imports`, body),
    getImport: (projectId: string, importId: string, signal?: AbortSignal) =>
      send(
        ImportState,
        'GET',
        `${projectPath(projectId)}/imports/${segment(importId)}`,
        undefined,
        signal,
      ),
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
    startImport: (projectId: string, importId: string, body: StartImport) =>
      send(
        ImportState,
        'POST',
        `${projectPath(projectId)}/imports/${segment(importId)}/start`,
        body,
      ),
    previewImport: (
      projectId: string,
      importId: string,
      body: PreviewImport,
      signal?: AbortSignal,
    ) =>
      send(
        ImportPreview,
        'POST',
        `${projectPath(projectId)}/imports/${segment(importId)}/preview`,
        body,
        signal,
      ),
    getRawRecords: (
      projectId: string,
      importId: string,
      place: { file: number; line: number },
      signal?: AbortSignal,
    ) =>
      send(
        RawRecords,
        'GET',
        `${projectPath(projectId)}/imports/${segment(importId)}/records?file=${place.file}&line=${place.line}`,
        undefined,
        signal,
      ),
    cancelImport: (projectId: string, importId: string) =>
      send(ImportState, 'POST', `${projectPath(projectId)}/imports/${segment(importId)}/cancel`),
    deleteImport: (projectId: string, importId: string) =>
      send(Deleted, 'DELETE', `${projectPath(projectId)}/imports/${segment(importId)}`),

    listTokens: (projectId: string, signal?: AbortSignal) =>
      send(ProjectTokenList, 'GET', `${projectPath(projectId)}/tokens`, undefined, signal),
    createToken: (projectId: string, body: CreateToken) =>
      send(CreatedToken, 'POST', `${projectPath(projectId)}/tokens`, body),
    revokeToken: (projectId: string, tokenId: string) =>
      send(ProjectToken, 'DELETE', `${projectPath(projectId)}/tokens/${segment(tokenId)}`),

    listSessions: (projectId: string, query: Partial<SessionQuery>, signal?: AbortSignal) =>
      send(
        SessionPage,
        'GET',
        `${projectPath(projectId)}/sessions?${searchOf(query)}`,
        undefined,
        signal,
      ),
    getSessionFacets: (projectId: string, query: Partial<SessionSelection>, signal?: AbortSignal) =>
      send(
        SessionFacets,
        'GET',
        `${projectPath(projectId)}/session-facets?${searchOf(query)}`,
        undefined,
        signal,
      ),
    getSessionHistogram: (
      projectId: string,
      query: Partial<HistogramQuery>,
      signal?: AbortSignal,
    ) =>
      send(
        SessionHistogram,
        'GET',
        `${projectPath(projectId)}/session-histogram?${searchOf(query)}`,
        undefined,
        signal,
      ),
    /** Path at which the sessions of a selection can be downloaded. */
    sessionExportPath: (
      projectId: string,
      query: Partial<ExportQuery> & Pick<ExportQuery, 'format'>,
    ) => `${projectPath(projectId)}/session-export?${searchOf(query)}`,
    getSession: (
      projectId: string,
      sessionId: string,
      list: Partial<NeighbourQuery> = {},
      signal?: AbortSignal,
    ) =>
      send(
        SessionDetail,
        'GET',
        `${projectPath(projectId)}/sessions/${segment(sessionId)}?${searchOf(list)}`,
        undefined,
        signal,
      ),

    ...backtestCalls(send),
    ...costCalls(send),
    ...costGrowthCalls(send),
    ...forecastCalls(send),
    ...policyCalls(send),
    ...priceCalls(send, sendFile),
    ...replayCalls(send),
    ...repriceCalls(send),
    getWorkload: (projectId: string, signal?: AbortSignal) =>
      send(WorkloadResponse, 'GET', `${projectPath(projectId)}/workload`, undefined, signal),

    listSimulations: (projectId: string, signal?: AbortSignal) =>
      send(SimulationList, 'GET', `${projectPath(projectId)}/simulations`, undefined, signal),
    startSimulation: (projectId: string, body: StartSimulation) =>
      send(SimulationState, 'POST', `${projectPath(projectId)}/simulations`, body),
    getSimulation: (projectId: string, runId: string, signal?: AbortSignal) =>
      send(
        SimulationState,
        'GET',
        `${projectPath(projectId)}/simulations/${segment(runId)}`,
        undefined,
        signal,
      ),
    cancelSimulation: (projectId: string, runId: string) =>
      send(
        SimulationState,
        'POST',
        `${projectPath(projectId)}/simulations/${segment(runId)}/cancel`,
      ),

    getReadiness: (projectId: string, signal?: AbortSignal) =>
      send(ReadinessResponse, 'GET', `${projectPath(projectId)}/readiness`, undefined, signal),

    listReports: (projectId: string, signal?: AbortSignal) =>
      send(ReportList, 'GET', `${projectPath(projectId)}/reports`, undefined, signal),
    createReport: (projectId: string, body: CreateReport) =>
      send(ReportDetail, 'POST', `${projectPath(projectId)}/reports`, body),
    getReport: (projectId: string, reportId: string, signal?: AbortSignal) =>
      send(
        ReportDetail,
        'GET',
        `${projectPath(projectId)}/reports/${segment(reportId)}`,
        undefined,
        signal,
      ),
    createShare: (projectId: string, reportId: string, body: CreateShare) =>
      send(
        CreatedShare,
        'POST',
        `${projectPath(projectId)}/reports/${segment(reportId)}/shares`,
        body,
      ),
    revokeShare: (projectId: string, reportId: string, shareId: string) =>
      send(
        ShareLink,
        'DELETE',
        `${projectPath(projectId)}/reports/${segment(reportId)}/shares/${segment(shareId)}`,
      ),
  };
}
export type ApiClient = ReturnType<typeof createApiClient>;

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
