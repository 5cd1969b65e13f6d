import type { ReportDetail, ShareLink } from '../contracts/report';
import { getReportOrThrow, type StoredShare } from '../db/report-store';

/**
 * One report with its share links.
 *
 * @throws AppError not_found
 */
export async function loadReport(projectId: string, reportId: string): Promise<ReportDetail> {
  const { report, sha256, shares } = await getReportOrThrow(projectId, reportId);
  const now = new Date();
  return { report, sha256, shares: shares.map((share) => describeShare(share, now)) };
}

/** A share link as its owner sees it. */
export function describeShare(share: StoredShare, now: Date): ShareLink {
  const whileValid = share.expiresAt <= now ? 'expired' : 'active';
  return {
    shareId: share.shareId,
    label: share.label,
    createdAt: share.createdAt.toISOString(),
    expiresAt: share.expiresAt.toISOString(),
    revokedAt: share.revokedAt?.toISOString() ?? null,
    views: share.views,
    lastViewedAt: share.lastViewedAt?.toISOString() ?? null,
    state: share.revokedAt === null ? whileValid : 'revoked',
  };
}
