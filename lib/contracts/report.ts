import { z } from 'zod';
import { VerdictKind } from '../readiness/assessment';
import { Report } from '../report/report';

export const ReportSummary = z.object({
  reportId: z.string(),
  title: z.string(),
  createdAt: z.iso.datetime(),
  verdict: VerdictKind,
  headline: z.string(),
  sha256: z.string(), //                  of the canonical JSON of the snapshot
});
export type ReportSummary = z.infer<typeof ReportSummary>;

export const ReportList = z.object({ reports: z.array(ReportSummary) });
export type ReportList = z.infer<typeof ReportList>;

export const CreateReport = z.strictObject({ title: z.string().trim().min(1).max(200).optional() });
export type CreateReport = z.infer<typeof CreateReport>;

/** A share link as its owner sees it; the token itself is shown once, when it is made. */
export const ShareLink = z.object({
  shareId: z.string(),
  label: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  views: z.int(),
  lastViewedAt: z.iso.datetime().nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
});
export type ShareLink = z.infer<typeof ShareLink>;

export const ReportDetail = z.object({
  report: Report,
  sha256: z.string(),
  shares: z.array(ShareLink),
});
export type ReportDetail = z.infer<typeof ReportDetail>;

export const CreateShare = z.strictObject({
  label: z.string().trim().max(120).optional(),
  expiresInDays: z.int().min(1).max(365).default(30),
});
export type CreateShare = z.infer<typeof CreateShare>;

export const CreatedShare = z.object({
  share: ShareLink,
  /** 256 random bits, base64url; only its SHA-256 is stored. */
  token: z.string(),
  path: z.string(), //                    '/share/<token>'
});
export type CreatedShare = z.infer<typeof CreatedShare>;
