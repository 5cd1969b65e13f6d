import { AppError } from '../errors';
import { VerdictKind } from '../readiness/assessment';
import { Report } from '../report/report';
import { db } from './client';
import type { ShareLink as ShareRow } from './generated/client';

/** A report without its snapshot. */
export interface StoredReportSummary {
  readonly reportId: string;
  readonly title: string;
  readonly createdAt: Date;
  readonly verdict: VerdictKind;
  readonly headline: string;
  readonly sha256: string;
}

/** A share link without its token, which is not stored. */
export interface StoredShare {
  readonly shareId: string;
  readonly label: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly views: number;
  readonly lastViewedAt: Date | null;
}

const summaryColumns = {
  id: true,
  title: true,
  createdAt: true,
  verdict: true,
  headline: true,
  sha256: true,
} as const;

/** Reports of a project, the newest first. */
export async function listReports(projectId: string): Promise<StoredReportSummary[]> {
  const rows = await (await db()).report.findMany({
    where: { projectId },
    orderBy: { createdAt: 'desc' },
    select: summaryColumns,
  });
  return rows.map(({ id, verdict, ...row }) => ({
    ...row,
    reportId: id,
    verdict: VerdictKind.parse(verdict),
  }));
}

/** Freezes a report. There is no way to change it afterwards. */
export async function createReport(
  projectId: string,
  report: Report,
  snapshotJson: string,
  sha256: string,
): Promise<void> {
  await (await db()).report.create({
    data: {
      id: report.reportId,
      projectId,
      title: report.title,
      createdAt: new Date(report.createdAt),
      verdict: report.assessment.verdict,
      headline: report.assessment.headline,
      snapshotJson,
      sha256,
    },
  });
}

/**
 * Reads one report with its share links.
 *
 * @throws AppError not_found
 */
export async function getReportOrThrow(
  projectId: string,
  reportId: string,
): Promise<{ report: Report; sha256: string; shares: StoredShare[] }> {
  const row = await (await db()).report.findFirst({
    where: { id: reportId, projectId },
    include: { shares: { orderBy: { createdAt: 'desc' } } },
  });
  if (row === null) {
    throw new AppError('not_found', 'There is no such report. It may have been deleted.');
  }
  return {
    report: Report.parse(JSON.parse(row.snapshotJson)),
    sha256: row.sha256,
    shares: row.shares.map(shareOf),
  };
}

/** Adds a share link under the hash of its token. */
export async function createShare(
  reportId: string,
  share: { label: string; tokenHash: string; expiresAt: Date },
): Promise<StoredShare> {
  const row = await (await db()).shareLink.create({ data: { reportId, ...share } });
  return shareOf(row);
}

/** Ends a share link; a link that has been ended keeps its first date. */
export async function revokeShare(reportId: string, shareId: string): Promise<StoredShare> {
  const client = await db();
  await client.shareLink.updateMany({
    where: { id: shareId, reportId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  const row = await client.shareLink.findFirst({ where: { id: shareId, reportId } });
  if (row === null) throw new AppError('not_found', 'There is no such share link.');
  return shareOf(row);
}

/**
 * Finds the report behind a share link and counts the view.
 *
 * @returns null alike for an unknown, expired and revoked link
 */
export async function findSharedReport(
  tokenHash: string,
  now: Date,
): Promise<{ report: Report; sha256: string } | null> {
  const client = await db();
  const row = await client.shareLink.findUnique({
    where: { tokenHash },
    include: { report: { select: { snapshotJson: true, sha256: true } } },
  });
  if (row === null || row.revokedAt !== null || row.expiresAt <= now) return null;
  await client.shareLink.update({
    where: { id: row.id },
    data: { views: { increment: 1 }, lastViewedAt: now },
  });
  return {
    report: Report.parse(JSON.parse(row.report.snapshotJson)),
    sha256: row.report.sha256,
  };
}

function shareOf(row: ShareRow): StoredShare {
  return {
    shareId: row.id,
    label: row.label,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    revokedAt: row.revokedAt,
    views: row.views,
    lastViewedAt: row.lastViewedAt,
  };
}
