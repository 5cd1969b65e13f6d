import type { ReportList } from '../contracts/report';
import { getProjectOrThrow } from '../db/project-store';
import { listReports } from '../db/report-store';

/** Reports of a project, the newest first. */
export async function loadReports(projectId: string): Promise<ReportList> {
  await getProjectOrThrow(projectId);
  const reports = await listReports(projectId);
  return {
    reports: reports.map((one) => ({ ...one, createdAt: one.createdAt.toISOString() })),
  };
}
