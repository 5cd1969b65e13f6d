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
} from '../../contracts/session';
import { projectPath, type Send, searchOf, segment } from '../api-send';

/** Calls of the API about sessions. */
export const sessionCalls = (send: Send) => ({
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
  getSessionHistogram: (projectId: string, query: Partial<HistogramQuery>, signal?: AbortSignal) =>
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
});
