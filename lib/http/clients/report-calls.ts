import {
  CreatedShare,
  type CreateReport,
  type CreateShare,
  ReportDetail,
  ReportList,
  ShareLink,
} from '../../contracts/report';
import { projectPath, type Send, segment } from '../api-send';

/** Calls of the API about reports and the links that share them. */
export const reportCalls = (send: Send) => ({
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
});
