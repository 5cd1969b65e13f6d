import { createHash, randomBytes } from 'node:crypto';
import type { CreatedShare, CreateShare, ShareLink } from '../contracts/report';
import { createShare, getReportOrThrow, revokeShare } from '../db/report-store';
import { describeShare } from './load-report';

const dayMs = 86_400_000;

/** What a token is stored as. */
export function hashShareToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Makes a link to a report; its token is in the answer and nowhere else. */
export async function shareReport(
  projectId: string,
  reportId: string,
  options: CreateShare,
): Promise<CreatedShare> {
  await getReportOrThrow(projectId, reportId);
  const now = new Date();
  const token = randomBytes(32).toString('base64url');
  const share = await createShare(reportId, {
    label: options.label ?? '',
    tokenHash: hashShareToken(token),
    expiresAt: new Date(now.getTime() + options.expiresInDays * dayMs),
  });
  return { share: describeShare(share, now), token, path: `/share/${token}` };
}

/** Ends a link to a report at once. */
export async function endShare(
  projectId: string,
  reportId: string,
  shareId: string,
): Promise<ShareLink> {
  await getReportOrThrow(projectId, reportId);
  return describeShare(await revokeShare(reportId, shareId), new Date());
}
